import { ConfigError, readConfig, readOperatorConfig } from '../../bot/config';

const APP = '11111111-1111-4111-8111-111111111111';
const TENANT = '22222222-2222-4222-8222-222222222222';
const SECRET = Buffer.alloc(32, 's');
const ADMIN = '33333333-3333-4333-8333-333333333333';

const teams = {
  MicrosoftAppId: APP,
  MicrosoftAppPassword: 'secret',
  MicrosoftAppTenantId: TENANT,
  ALLOWED_TENANTS: TENANT,
  STORAGE_ACCOUNT_URL: 'https://account.table.core.windows.net',
  SMTP_URL: 'smtps://bot:hush@mail.contoso.com',
  MAIL_FROM: 'Partner Benefits <benefits@contoso.com>',
  KEY_ENCRYPTION_KEYS: `2027:${SECRET.toString('base64')}`,
};

function problemsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

function namesIn(problems: readonly string[]): string[] {
  return problems.map((line) => line.slice(0, line.indexOf(':')));
}

describe('the settings in teams mode', () => {
  it('are complete with an app, a tenant, a storage account and a mail server', () => {
    expect(readConfig(teams)).toEqual({
      mode: 'teams',
      port: 3978,
      logLevel: 'info',
      app: { type: 'SingleTenant', id: APP, password: 'secret', tenantId: TENANT },
      channel: {
        openIdMetadata: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
        issuer: 'https://api.botframework.com',
      },
      allowedTenants: [TENANT],
      allowedServiceUrls: expect.arrayContaining(['https://smba.trafficmanager.net/']),
      storage: { accountUrl: 'https://account.table.core.windows.net' },
      mail: {
        smtpUrl: 'smtps://bot:hush@mail.contoso.com',
        from: 'Partner Benefits <benefits@contoso.com>',
      },
      keyEncryption: { keys: [{ id: '2027', secret: SECRET }] },
      graph: { url: 'https://graph.microsoft.com', syncedTenants: [] },
      files: { hosts: ['sharepoint.com'], isLoopbackAllowed: false },
      accountAdmins: [],
      partnerLinks: {
        membershipCenter: 'https://partner.microsoft.com/_login?authType=OpenIdConnect',
        program: 'https://partner.microsoft.com/membership',
      },
    });
  });

  it('name everything that is missing, at once and one a line', () => {
    const missing = [
      'MicrosoftAppId',
      'MicrosoftAppPassword',
      'MicrosoftAppTenantId',
      'ALLOWED_TENANTS',
      'STORAGE_CONNECTION_STRING',
      'SMTP_URL',
      'MAIL_FROM',
      'KEY_ENCRYPTION_KEYS',
    ];
    expect(namesIn(problemsOf({}))).toEqual(missing);
    expect(namesIn(problemsOf({ ALLOWED_TENANTS: ' , ', MicrosoftAppId: ' ' }))).toEqual(missing);
    expect(() => readConfig({})).toThrow(
      /^MicrosoftAppId: is missing, put the bot's application \(client\) id there$/m,
    );
  });

  it('name everything that is wrong, without quoting a secret', () => {
    const problems = problemsOf({
      ...teams,
      BOT_MODE: 'slack',
      PORT: '65536',
      LOG_LEVEL: 'loud',
      MicrosoftAppType: 'Multi',
      MicrosoftAppId: 'the-bot',
      ALLOWED_TENANTS: `${TENANT}, contoso.com`,
      ALLOWED_SERVICE_URLS: 'http://smba.trafficmanager.net/',
      CHANNEL_OPENID_METADATA: 'http://login.botframework.com/keys',
      CHANNEL_ISSUER: 'microsoft',
      STORAGE_CONNECTION_STRING: 'AccountName=a;AccountKey=hush',
      SMTP_URL: 'https://bot:hush@mail.contoso.com',
      MAIL_FROM: 'benefits',
      KEY_ENCRYPTION_KEYS: `hush:${SECRET.toString('base64')}, hush`,
      ACTIVATION_WEBHOOK_SECRET: 'hush',
      ACCOUNT_ADMINS: ADMIN,
      FILE_HOSTS: 'https://sharepoint.us, 10.0.0.1, localhost',
      GRAPH_URL: 'http://graph.microsoft.com',
      USERS_FROM_ENTRA: 'on',
      PARTNER_PROGRAM_URL: 'javascript:alert(1)',
      PARTNER_MEMBERSHIP_CENTER_URL: 'nowhere',
    });
    expect(namesIn(problems).sort()).toEqual(
      [
        'ACCOUNT_ADMINS',
        'ACTIVATION_WEBHOOK_SECRET',
        'ALLOWED_SERVICE_URLS',
        'ALLOWED_TENANTS',
        'BOT_MODE',
        'CHANNEL_ISSUER',
        'CHANNEL_OPENID_METADATA',
        ...Array<string>(3).fill('FILE_HOSTS'),
        'GRAPH_URL',
        'KEY_ENCRYPTION_KEYS',
        'LOG_LEVEL',
        'MAIL_FROM',
        'MicrosoftAppId',
        'MicrosoftAppType',
        'PARTNER_MEMBERSHIP_CENTER_URL',
        'PARTNER_PROGRAM_URL',
        'PORT',
        'SMTP_URL',
        'STORAGE_CONNECTION_STRING',
        'USERS_FROM_ENTRA',
      ].sort(),
    );
    expect(problems.join()).toContain('"contoso.com" is not valid');
    expect(problems.join()).not.toContain('hush');
  });

  it('say a line of each thing that is wrong, whatever stands in it', () => {
    const problems = problemsOf({ ...teams, ALLOWED_TENANTS: 'a\nb\u001b[2J' });
    expect(problems.join('\n')).toMatch(/^ALLOWED_TENANTS: "a\uFFFDb\uFFFD\[2J" is not valid, put .* there$/);
  });

  it('refuse a connection string that no client opens', () => {
    const { STORAGE_ACCOUNT_URL: _, ...rest } = teams;
    const problems = problemsOf({ ...rest, STORAGE_CONNECTION_STRING: 'AccountName=.contoso' });
    expect(namesIn(problems)).toEqual(['STORAGE_CONNECTION_STRING']);
  });

  it('ask of each kind of app what it needs', () => {
    const { MicrosoftAppPassword, MicrosoftAppTenantId, ...rest } = teams;
    expect(readConfig({ ...rest, MicrosoftAppType: 'UserAssignedMSI', MicrosoftAppTenantId })).toMatchObject({
      app: { type: 'UserAssignedMSI', id: APP, tenantId: TENANT },
      storage: { accountUrl: teams.STORAGE_ACCOUNT_URL, clientId: APP },
    });
    expect(readConfig({ ...rest, MicrosoftAppType: 'multitenant', MicrosoftAppPassword })).toMatchObject({
      app: { type: 'MultiTenant', id: APP, password: 'secret' },
    });
    expect(namesIn(problemsOf({ ...rest, MicrosoftAppType: 'UserAssignedMSI' }))).toEqual([
      'MicrosoftAppTenantId',
    ]);
    expect(namesIn(problemsOf({ ...rest, MicrosoftAppType: 'MultiTenant' }))).toEqual([
      'MicrosoftAppPassword',
    ]);
  });

  it('take a mail server and a sender that mails can go through', () => {
    const url = (SMTP_URL: string) => namesIn(problemsOf({ ...teams, SMTP_URL }));
    for (const good of ['smtp://mail', 'smtp://10.0.0.1:25', 'smtps://[::1]/?tls.rejectUnauthorized=false']) {
      expect(url(good)).toEqual([]);
    }
    for (const bad of [
      'mail.contoso.com',
      'smtp://',
      'smtp://bot:ha#sh@mail',
      'smtp://bot:1/2@mail',
      'smtp://a b',
    ]) {
      expect(url(bad)).toEqual(['SMTP_URL']);
    }
    const from = (MAIL_FROM: string) => namesIn(problemsOf({ ...teams, MAIL_FROM }));
    for (const good of ['benefits@contoso.com', '"Contoso, Paris" <benefits@contoso.com>']) {
      expect(from(good)).toEqual([]);
    }
    for (const bad of ['Contoso', 'a@contoso.com, b@contoso.com', 'A <a@contoso.com> B', 'A <contoso.com>']) {
      expect(from(bad)).toEqual(['MAIL_FROM']);
    }
  });

  it('take encryption keys of 32 bytes, each with an id of its own', () => {
    const base64 = (bytes: number, fill = 's') => Buffer.alloc(bytes, fill).toString('base64');
    const keys = (KEY_ENCRYPTION_KEYS: string) => readConfig({ ...teams, KEY_ENCRYPTION_KEYS }).keyEncryption;
    expect(keys(`2027:${base64(32, 'n')}, 2026:${base64(32)}`)).toEqual({
      keys: [
        { id: '2027', secret: Buffer.alloc(32, 'n') },
        { id: '2026', secret: SECRET },
      ],
    });
    const wrong = [
      base64(32),
      `a:${base64(31)}`,
      `a:${base64(33)}`,
      `A b:${base64(32)}`,
      'a:',
      `a:${base64(32)},`,
    ];
    for (const bad of [...wrong, `a:${base64(32)},a:${base64(32, 'n')}`]) {
      expect(namesIn(problemsOf({ ...teams, KEY_ENCRYPTION_KEYS: bad }))).toEqual(['KEY_ENCRYPTION_KEYS']);
      expect(problemsOf({ ...teams, KEY_ENCRYPTION_KEYS: bad }).join()).not.toContain(base64(24));
    }
  });

  it('take a long secret for the webhook, or none', () => {
    const secret = 'x'.repeat(32);
    expect(readConfig({ ...teams, ACTIVATION_WEBHOOK_SECRET: secret }).webhookSecret).toBe(secret);
    expect(readConfig(teams).webhookSecret).toBeUndefined();
  });

  it('take hosts of files, in any case', () => {
    const files = { hosts: ['sharepoint.us', 'files.contoso.com'], isLoopbackAllowed: false };
    const FILE_HOSTS = 'SharePoint.us, files.contoso.com';
    expect(readConfig({ ...teams, FILE_HOSTS }).files).toEqual(files);
    expect(readConfig({ BOT_MODE: 'local', FILE_HOSTS }).files).toEqual({
      ...files,
      isLoopbackAllowed: true,
    });
  });

  it('measure nothing unless asked to, and in Teams show it only to who brings a long token', () => {
    const token = 'x'.repeat(32);
    expect(readConfig({ ...teams, METRICS_TOKEN: token }).telemetry).toBeUndefined();
    expect(readConfig({ ...teams, TELEMETRY: 'on', METRICS_TOKEN: token }).telemetry).toEqual({
      metricsToken: token,
      traces: false,
    });
    for (const METRICS_TOKEN of ['', 'x'.repeat(31)])
      expect(namesIn(problemsOf({ ...teams, TELEMETRY: 'on', METRICS_TOKEN }))).toEqual(['METRICS_TOKEN']);
    expect(readConfig({ BOT_MODE: 'local', TELEMETRY: 'on' }).telemetry).toEqual({ traces: false });
  });

  it.each(['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'])(
    'send traces once there is a collector, by %s',
    (name) => {
      const on = { BOT_MODE: 'local', TELEMETRY: 'on' };
      expect(readConfig({ ...on, [name]: 'http://collector:4318' }).telemetry?.traces).toBe(true);
      expect(namesIn(problemsOf({ ...on, [name]: 'collector:4318' }))).toEqual([name]);
    },
  );

  it('take admins as tenant and object id, in any case', () => {
    const config = readConfig({
      ...teams,
      ACCOUNT_ADMINS: `${TENANT}/${ADMIN}, ${TENANT}/${APP.toUpperCase()}`,
    });
    expect(config.accountAdmins).toEqual([
      { tenantId: TENANT, id: ADMIN },
      { tenantId: TENANT, id: APP },
    ]);
  });
});

describe('the settings in local mode', () => {
  it('need nothing: tables are in Azurite', () => {
    const config = readConfig({ BOT_MODE: 'local' });
    expect(config).toMatchObject({ mode: 'local', port: 3978 });
    expect(config.storage).toEqual({
      connectionString: expect.stringContaining('http://127.0.0.1:10002/devstoreaccount1'),
    });
  });

  it('write mails to files, until a mail server is named', () => {
    const from = 'Partner Benefits <noreply@localhost.localdomain>';
    expect(readConfig({ BOT_MODE: 'local' }).mail).toEqual({ folder: '.data/mail', from });
    expect(readConfig({ BOT_MODE: 'local', MAIL_FROM: 'a@contoso.com' }).mail).toEqual({
      folder: '.data/mail',
      from: 'a@contoso.com',
    });
    const smtpUrl = 'smtp://127.0.0.1:1025';
    expect(readConfig({ BOT_MODE: 'local', SMTP_URL: smtpUrl }).mail).toEqual({ smtpUrl, from });
    expect(namesIn(problemsOf({ BOT_MODE: 'local', SMTP_URL: 'mail' }))).toEqual(['SMTP_URL']);
  });

  it('encrypt product keys with those of a file, until some are named', () => {
    const local = { BOT_MODE: 'local' };
    expect(readConfig(local).keyEncryption).toEqual({ file: '.data/key-encryption-keys' });
    const KEY_ENCRYPTION_KEYS = teams.KEY_ENCRYPTION_KEYS;
    expect(readConfig({ ...local, KEY_ENCRYPTION_KEYS }).keyEncryption).toHaveProperty('keys');
    expect(namesIn(problemsOf({ ...local, KEY_ENCRYPTION_KEYS: 'x' }))).toEqual(['KEY_ENCRYPTION_KEYS']);
  });

  it('take admins by object id or e-mail too', () => {
    const config = readConfig({
      BOT_MODE: 'local',
      ACCOUNT_ADMINS: `${ADMIN},Ada@Contoso.com,tenant-1/user-1`,
    });
    expect(config.accountAdmins).toEqual([
      { id: ADMIN },
      { id: 'ada@contoso.com' },
      { tenantId: 'tenant-1', id: 'user-1' },
    ]);
  });
});

describe("the settings of the operator's commands", () => {
  const elsewhere = { STORAGE_ACCOUNT_URL: teams.STORAGE_ACCOUNT_URL };
  const { KEY_ENCRYPTION_KEYS } = teams;

  it('never encrypt with a file of this machine for a bot elsewhere', () => {
    expect(readOperatorConfig(elsewhere).keyEncryption).toBeUndefined();
    expect(readOperatorConfig({ ...elsewhere, KEY_ENCRYPTION_KEYS }).keyEncryption).toHaveProperty('keys');
    expect(readOperatorConfig({}).keyEncryption).toEqual({ file: '.data/key-encryption-keys' });
    expect(readOperatorConfig({ ...elsewhere, BOT_MODE: 'local' }).keyEncryption).toHaveProperty('file');
  });

  it('sign in as the bot’s own managed identity beside the bot, elsewhere as whoever is there', () => {
    const { STORAGE_ACCOUNT_URL, MicrosoftAppId } = teams;
    const beside = { STORAGE_ACCOUNT_URL, MicrosoftAppId, MicrosoftAppType: 'UserAssignedMSI' };
    expect(readOperatorConfig(beside).storage).toEqual({ accountUrl: STORAGE_ACCOUNT_URL, clientId: APP });
    expect(readOperatorConfig({ STORAGE_ACCOUNT_URL }).storage).toEqual({ accountUrl: STORAGE_ACCOUNT_URL });
  });
});
