/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/tests'],
  testMatch: ['**/*.test.ts'],
  transform: {
    '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.json' }],
    // jose is ESM only, which Jest can't require on Node 20.
    'node_modules/jose/.+\\.js$': [
      'ts-jest',
      { tsconfig: { allowJs: true, module: 'commonjs', target: 'es2022', isolatedModules: true } },
    ],
  },
  transformIgnorePatterns: ['node_modules/(?!jose/)'],
  globalSetup: '<rootDir>/tests/parts/globalSetup.ts',
  globalTeardown: '<rootDir>/tests/parts/globalTeardown.ts',
  testTimeout: 60_000,
  maxWorkers: '100%',
};
