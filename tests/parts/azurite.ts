import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

export interface Azurite {
  connectionString: string;
  /** Ends this process and no other, and waits until it is gone. */
  stop(): Promise<void>;
}

/** The account that every Azurite has; no secret. */
export const ACCOUNT = 'devstoreaccount1';
export const ACCOUNT_KEY =
  'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

const TRIES = 5;
const START_MS = 20_000;

/** A connection string for the tables at `endpoint`, with Azurite's account. */
export function connectionStringTo(endpoint: string): string {
  return `DefaultEndpointsProtocol=http;AccountName=${ACCOUNT};AccountKey=${ACCOUNT_KEY};TableEndpoint=${endpoint}/${ACCOUNT};`;
}

/**
 * Azure's tables on this machine, in memory, on a port of their own. Resolves when they listen; throws what
 * Azurite said if it doesn't come up.
 */
export async function startAzurite(): Promise<Azurite> {
  for (let tried = 1; ; tried++) {
    // With port 0 Azurite never says which one it got.
    const port = await freePort();
    try {
      const child = await listening(port);
      return { connectionString: connectionStringTo(`http://127.0.0.1:${port}`), stop: () => stopped(child) };
    } catch (error) {
      const takenMeanwhile = error instanceof Error && error.message.includes('EADDRINUSE');
      if (!takenMeanwhile || tried === TRIES) throw error;
    }
  }
}

async function listening(port: number): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    [
      require.resolve('azurite/dist/src/table/main.js'),
      ...['--tableHost', '127.0.0.1', '--tablePort', String(port)],
      ...['--inMemoryPersistence', '--skipApiVersionCheck', '--disableTelemetry', '--silent'],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  process.once('exit', () => child.kill());
  const deadline = setTimeout(() => child.kill(), START_MS);
  const complaints = text(child.stderr);
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      if (!line.includes('successfully started')) continue;
      child.stdout.resume();
      return child;
    }
    throw new Error(`Azurite didn't start: ${await complaints}`);
  } finally {
    clearTimeout(deadline);
  }
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill();
  await exit;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port to be had.');
  return address.port;
}
