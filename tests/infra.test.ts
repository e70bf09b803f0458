import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../bot/config';
import { ENCRYPTION_KEYS } from './parts/secrets';

const textOf = (name: string) => readFileSync(join(__dirname, '..', name), 'utf8');
const template = textOf('infra/main.bicep');
const all = (pattern: RegExp, text = template) => [...text.matchAll(pattern)].map(([, name = '']) => name);
const sorted = (names: Iterable<string>) => [...new Set(names)].sort();

/** The settings that the template gives the container, with what Azure puts there. */
const GIVEN: NodeJS.ProcessEnv = {
  BOT_MODE: 'teams',
  PORT: '3978',
  MicrosoftAppType: 'UserAssignedMSI',
  MicrosoftAppId: '11111111-1111-4111-8111-111111111111',
  MicrosoftAppTenantId: '22222222-2222-4222-8222-222222222222',
  ALLOWED_TENANTS: '22222222-2222-4222-8222-222222222222',
  STORAGE_ACCOUNT_URL: 'https://stabc.table.core.windows.net/',
  ACCOUNT_ADMINS: '22222222-2222-4222-8222-222222222222/33333333-3333-4333-8333-333333333333',
  USERS_FROM_ENTRA: '',
  TEAMS_CATALOG_APP_ID: '',
  MAIL_FROM: 'Partner Benefits <benefits@contoso.com>',
  SMTP_URL: 'smtps://bot:secret@mail.contoso.com',
  KEY_ENCRYPTION_KEYS: ENCRYPTION_KEYS,
  ACTIVATION_WEBHOOK_SECRET: 'a secret of 32 characters or more',
};

describe('the template of the infrastructure', () => {
  const env = /^ +env: \[\n([^]+?)^ +\]$/m.exec(template)?.[1] ?? '';

  it('gives the bot every setting that it needs, and none that it does not read', () => {
    const read = new Set<string>();
    const watched = new Proxy(GIVEN, {
      get: (source, name: string) => (read.add(name), source[name]),
    });
    expect(readConfig(watched)).toMatchObject({ mode: 'teams', app: { type: 'UserAssignedMSI' } });
    expect(all(/\bname: '(\w+)'/g, env).sort()).toEqual(Object.keys(GIVEN).sort());
    expect([...read]).toEqual(expect.arrayContaining(Object.keys(GIVEN)));
  });

  it('takes each secret from the vault, by a reference that is used', () => {
    const references = all(/name: '([\w-]+)', keyVaultUrl: /g);
    expect(references).toHaveLength(3);
    expect(all(/secretRef: '([\w-]+)'/g, env).sort()).toEqual(references.sort());
    expect(env.match(/'(SMTP_URL|KEY_ENCRYPTION_KEYS|ACTIVATION_WEBHOOK_SECRET)', secretRef/g)).toHaveLength(
      3,
    );
  });

  it('probes what the bot serves', () => {
    const served = all(/server\.get\('([^']+)'/g, textOf('bot/server.ts'));
    expect(served).toEqual(expect.arrayContaining(all(/path: '([^']+)'/g)));
  });
});

describe('the Agents Toolkit’s files', () => {
  const asked = all(/^param (\w+)/gm);
  const optional = all(/^param (\w+) \w+ =/gm);
  const { parameters } = JSON.parse(textOf('infra/main.parameters.json')) as { parameters: object };

  it('give every parameter of the template that has no default, and none that it does not have', () => {
    expect(asked).toEqual(expect.arrayContaining(Object.keys(parameters)));
    expect(Object.keys(parameters)).toEqual(
      expect.arrayContaining(asked.filter((name) => !optional.includes(name))),
    );
  });

  it('use what the template gives out, what the toolkit knows, and what docs/deploy.md says to put there', () => {
    const used = [textOf('m365agents.yml'), textOf('infra/main.parameters.json')].flatMap((text) =>
      all(/\$\{\{(\w+)\}\}/g, text),
    );
    const known = ['TEAMSFX_ENV', 'TEAMS_APP_ID', ...all(/^output (\w+)/gm)];
    const toPut = all(/^([A-Z_]+)=/gm, textOf('docs/deploy.md'));
    expect(sorted([...known, ...toPut])).toEqual(expect.arrayContaining(sorted(used)));
  });
});
