import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../scripts/program';
import { runBuilt, startBuilt } from '../parts/built';

/** What npm start and a container give the bot: its settings, and nothing else. */
const local = (port: number, more: Record<string, string> = {}) => ({
  BOT_MODE: 'local',
  PORT: `${port}`,
  STORAGE_CONNECTION_STRING: process.env.TEST_STORAGE ?? '',
  ...more,
});

async function answerOf(url: string): Promise<{ status: number; body: unknown }> {
  for (;;) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
      return { status: response.status, body: await response.json() };
    } catch {
      await sleep(50); // it is starting; the test has its own deadline
    }
  }
}

describe('the bot alone', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('says that it is up and ready, and ends on %s', async (signal) => {
    const port = await freePort();
    const bot = startBuilt('bot/main.js', [], local(port));
    try {
      expect(await answerOf(`http://127.0.0.1:${port}/healthz`)).toEqual({
        status: 200,
        body: { status: 'ok' },
      });
      expect(await answerOf(`http://127.0.0.1:${port}/readyz`)).toEqual({
        status: 200,
        body: { status: 'ok' },
      });
    } finally {
      bot.sends(signal);
    }
    const { exitCode, out, err } = await bot.ended;
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).toContain(`"port":${port},"mode":"local","msg":"ready"`);
    expect(out).toContain(`"signal":"${signal}","msg":"stopping"`);
  });

  it('in Teams names every setting that is missing, at once', async () => {
    expect(await runBuilt('bot/main.js', [], {})).toEqual({
      exitCode: 1,
      out: '',
      err: expect.stringMatching(
        /^The bot can't start:\nMicrosoftAppId: is missing.+\nMicrosoftAppPassword: .+\nMicrosoftAppTenantId: .+\nALLOWED_TENANTS: .+\nSTORAGE_CONNECTION_STRING: .+\n$/,
      ),
    });
  });

  it('says in one line that its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    expect(await runBuilt('bot/main.js', [], local(port))).toEqual({
      exitCode: 1,
      out: '',
      err: `The bot can't start:\nPort ${port} is in use already; stop what uses it or set PORT\n`,
    });
    other.close();
  });
});
