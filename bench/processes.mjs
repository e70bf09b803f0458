// The processes of a benchmark: each is started by it, watched, and ended with it.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
/** The account that every Azurite has; no secret. */
const ACCOUNT_KEY =
  'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';
/** What /proc counts processor time in. */
const TICK_MS = 10;
const started = new Set();
process.once('exit', () => started.forEach((child) => child.kill('SIGKILL')));

/** Starts a program of node's, and waits until it prints what fits. */
export async function start(args, env, isReady, cwd = root) {
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  started.add(child);
  let complaints = '';
  child.stderr.on('data', (text) => (complaints += text));
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, 'close');
  const ready = await new Promise((resolve, reject) => {
    lines.on('line', (line) => isReady.exec(line) && resolve(isReady.exec(line)));
    child.once('exit', () => reject(new Error(`${args.join(' ')} ended: ${complaints}`)));
  });
  return {
    pid: child.pid,
    ready,
    readyMs: performance.now() - began,
    ended,
    async end() {
      started.delete(child);
      if (child.exitCode !== null) return;
      child.kill('SIGKILL');
      await ended;
    },
  };
}

export const connectionStringTo = (endpoint) =>
  `DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=${ACCOUNT_KEY};TableEndpoint=${endpoint}/devstoreaccount1;`;

export async function startAzurite() {
  const port = await freePort();
  const main = require.resolve('azurite/dist/src/table/main.js');
  const options = ['--inMemoryPersistence', '--skipApiVersionCheck', '--disableTelemetry', '--silent'];
  const azurite = await start(
    [main, '--tableHost', '127.0.0.1', '--tablePort', `${port}`, ...options],
    {},
    /successfully/,
  );
  return { ...azurite, connectionString: connectionStringTo(`http://127.0.0.1:${port}`) };
}

export async function startTableService() {
  const service = await start(['--max-old-space-size=8192', 'bench/tableService.mjs'], {}, /^http:.*/);
  const [url] = service.ready;
  const asks = async (path, body) => (await fetch(`${url}/bench/${path}`, { method: 'POST', body })).json();
  return {
    ...service,
    url,
    connectionString: connectionStringTo(url),
    delays: (ms) => asks(`delay/${ms}`),
    counts: () => asks('counts'),
    fills: (table, rows) => asks(`fill/${table}`, rows.map((row) => JSON.stringify(row)).join('\n')),
  };
}

export async function startFloor(name, env = {}) {
  const floor = await start([`bench/floors/${name}.mjs`], env, /ready on (\d+)/);
  return { ...floor, port: Number(floor.ready[1]) };
}

/** The built bot, as `npm run build` leaves it. */
export async function startBot(connectionString, { dist = join(root, 'dist') } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const settings = { BOT_MODE: 'local', PORT: '0', STORAGE_CONNECTION_STRING: connectionString };
  const bot = await start([join(dist, 'bot/main.js')], settings, /"port":(\d+),.*"msg":"ready"/, folder);
  return {
    ...bot,
    port: Number(bot.ready[1]),
    async end() {
      await bot.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Processor time that a process has used, in milliseconds: its own and the system's for it. */
export function cpuMs(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** What of a process is in memory, in megabytes. */
export function memoryMb(pid) {
  const [, kb] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(kb) / 1024;
}

export const newTenant = () => randomUUID();

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
