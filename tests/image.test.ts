import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAzurite } from './parts/azurite';
import { startBuilt } from './parts/built';
import { SECRET_SETTINGS } from './parts/secrets';

jest.setTimeout(60_000); // a process that starts on a busy machine

const root = join(__dirname, '..');
const textOf = (name: string) => readFileSync(join(root, name), 'utf8');
const dockerfile = textOf('Dockerfile');

const METRICS_TOKEN = 'a-token-of-at-least-32-characters';

/** The settings of the bot in Teams, with all that it can load, at any free port. */
const settings = (storage: string) => ({
  ...SECRET_SETTINGS,
  PORT: '0',
  MicrosoftAppId: '11111111-1111-4111-8111-111111111111',
  MicrosoftAppTenantId: '22222222-2222-4222-8222-222222222222',
  ALLOWED_TENANTS: '22222222-2222-4222-8222-222222222222',
  STORAGE_CONNECTION_STRING: storage,
  MAIL_FROM: 'bot@contoso.com',
  TELEMETRY: 'on',
  METRICS_TOKEN,
});

/**
 * Node options with which a process may read what the image has (`dist/`, the packages that `npm ci --omit=dev`
 * installs) and the system's own files, may write nothing, and may start no process.
 */
function onlyTheImage(): string {
  const { packages } = JSON.parse(textOf('package-lock.json')) as {
    packages: Record<string, { dev?: true }>;
  };
  const installed = Object.entries(packages).filter(([path, { dev }]) => path !== '' && !dev);
  const mayRead = ['dist/', 'package.json', 'scripts/preload.mjs', ...installed.map(([path]) => `${path}/`)];
  const permission = process.allowedNodeEnvironmentFlags.has('--permission')
    ? '--permission'
    : '--experimental-permission';
  return [permission, ...[...mayRead.map((path) => join(root, path)), '/etc/', '/proc/'].map(allow)].join(
    ' ',
  );
}

const allow = (path: string) => `"--allow-fs-read=${path}"`;

async function statusOfMetrics(port: string, token = ''): Promise<number> {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`http://127.0.0.1:${port}/metrics`, { headers })).status;
}

/** The exit code of the image's health check, for a bot at this port. */
function healthCheck(port: string): Promise<number> {
  const [, command = ''] = /^HEALTHCHECK .*CMD (\[.*\])$/m.exec(dockerfile) ?? [];
  const [node, ...args] = JSON.parse(command) as string[];
  expect(node).toBe('node');
  return new Promise((resolve) => {
    const check = execFile(process.execPath, args, { env: { PORT: port } });
    check.once('exit', (code) => resolve(code ?? -1));
  });
}

it('starts with what the image has, writes nothing, and is healthy until it ends', async () => {
  const azurite = await startAzurite();
  const folder = await mkdtemp(join(tmpdir(), 'image-'));
  const bot = startBuilt(
    'bot/main.js',
    [],
    { ...settings(azurite.connectionString), NODE_OPTIONS: onlyTheImage() },
    folder,
  );
  try {
    const [, port = ''] = await bot.prints(/"port":(\d+),"mode":"teams","msg":"ready"/);
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    expect(await statusOfMetrics(port)).toBe(401);
    expect(await statusOfMetrics(port, METRICS_TOKEN)).toBe(200);
    expect(await healthCheck(port)).toBe(0);
    bot.sends('SIGTERM');
    expect((await bot.ended).exitCode).toBe(0);
    expect(await healthCheck(port)).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  } finally {
    bot.sends('SIGKILL');
    await azurite.stop();
    await rm(folder, { recursive: true });
  }
});

it('is built from every folder that is compiled', () => {
  const { include } = JSON.parse(textOf('tsconfig.json')) as { include: string[] };
  const copied = textOf('.dockerignore').match(/(?<=^!).+$/gm);
  expect(copied).toEqual(expect.arrayContaining(include.filter((folder) => folder !== 'tests')));
});
