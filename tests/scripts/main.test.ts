import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../scripts/program';
import { type Built, runBuilt, startBuilt } from '../parts/built';

/** What npm start gives the bot: its settings, and nothing else. */
const local = (port: number) => ({
  BOT_MODE: 'local',
  PORT: `${port}`,
  STORAGE_CONNECTION_STRING: process.env.TEST_STORAGE ?? '',
});

/** What the bot answers as soon as it answers at all. */
async function answerOf(bot: Built, url: string): Promise<{ status: number; text: string }> {
  while (bot.isRunning()) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
      return { status: response.status, text: await response.text() };
    } catch {
      await sleep(50); // it is still starting
    }
  }
  throw new Error(`the bot ended: ${JSON.stringify(await bot.ended)}`);
}

describe('the bot alone', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('says that it is up and ready, and ends on %s', async (signal) => {
    const port = await freePort();
    const bot = startBuilt('bot/main.js', [], local(port));
    try {
      const isOk = { status: 200, text: '{"status":"ok"}' };
      expect(await answerOf(bot, `http://127.0.0.1:${port}/healthz`)).toEqual(isOk);
      expect(await answerOf(bot, `http://127.0.0.1:${port}/readyz`)).toEqual(isOk);
    } finally {
      bot.sends(signal);
    }
    const { exitCode, out, err } = await bot.ended;
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).toContain(`"port":${port},"mode":"local","msg":"ready"`);
    expect(out).toContain(`"signal":"${signal}","msg":"stopping"`);
  });

  it('in Teams names every setting that is missing, at once', async () => {
    const { exitCode, out, err } = await runBuilt('bot/main.js', [], {});
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    const missing = [...err.matchAll(/^(\w+): is missing/gm)].map(([, name]) => name);
    expect(missing).toEqual(
      expect.arrayContaining([
        'MicrosoftAppId',
        'MicrosoftAppPassword',
        'MicrosoftAppTenantId',
        'ALLOWED_TENANTS',
        'STORAGE_CONNECTION_STRING',
      ]),
    );
    // A line each, after the first, and nothing else.
    expect(err.trimEnd().split('\n')).toHaveLength(1 + missing.length);
  });

  it('says in one line that its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const { exitCode, out, err } = await runBuilt('bot/main.js', [], local(port));
    other.close();
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    expect(err).toBe(`The bot can't start:\nPort ${port} is in use already; stop what uses it or set PORT\n`);
  });
});
