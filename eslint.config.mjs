import tseslint from 'typescript-eslint';

/**
 * Who may import what (docs/architecture.md): arrows only run down.
 * `never` is what a folder may not import at all, `typesOnly` what it may know only the types of.
 */
const SDK = '^botbuilder|^botframework';
const arrows = {
  benefits: { never: ['^(?!\\./|node:util$|\\.\\./locales/dateFormat$)'] },
  locales: { never: ['^\\.\\.'] },
  cards: { never: [SDK, '/(bot|dialogs|storage|http|notifications|scripts)/'], typesOnly: ['/benefits/'] },
  storage: { never: ['/(bot|dialogs|cards|notifications|locales|scripts)/'], typesOnly: [] },
  http: { never: ['^\\.\\.'] },
  dialogs: { never: ['/(bot|storage|http|notifications|scripts)/'], typesOnly: [] },
  notifications: { never: [SDK, '/(bot|dialogs|storage|http|scripts)/'] },
};

const restrict = ({ never, typesOnly = [] }) => ({
  '@typescript-eslint/no-restricted-imports': [
    'error',
    {
      patterns: [
        ...never.map((regex) => ({
          regex,
          message: 'The arrows between folders run down only (docs/architecture.md).',
        })),
        ...typesOnly.map((regex) => ({
          regex,
          allowTypeImports: true,
          message: 'Only its types (docs/architecture.md).',
        })),
      ],
    },
  ],
});

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.data/'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      eqeqeq: 'error',
    },
  },
  { files: ['jest.config.js'], rules: { '@typescript-eslint/no-require-imports': 'off', 'no-undef': 'off' } },
  ...Object.entries(arrows).map(([folder, rule]) => ({
    files: [`${folder}/**/*.ts`],
    rules: restrict(rule),
  })),
  {
    // Of notifications/, only this one speaks to Teams.
    files: ['notifications/teamsChannel.ts'],
    rules: restrict({ never: arrows.notifications.never.filter((regex) => regex !== SDK) }),
  },
  {
    files: ['**/*.ts'],
    ignores: ['bot/config.ts', 'scripts/**', 'tests/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only bot/config.ts reads the environment.' },
      ],
    },
  },
  {
    files: ['**/*.ts'],
    ignores: ['bot/openTelemetry.ts', 'tests/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^@opentelemetry/',
              message: 'Only bot/openTelemetry.ts, which is loaded where the settings ask for it.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.ts'],
    ignores: ['cards/bind.ts'],
    rules: {},
  },
);
