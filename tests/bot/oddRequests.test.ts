import { activity, startBotBehindTeams, type BotBehindTeams } from './botBehindTeams';
import { rawRequest } from './rawRequest';

const body = JSON.stringify(activity());
const LINE = 'POST /api/messages HTTP/1.1';
const LENGTH = `Content-Length: ${Buffer.byteLength(body)}`;

let teams: BotBehindTeams;
let good: string;

beforeEach(async () => {
  teams = await startBotBehindTeams();
  good = `Authorization: Bearer ${await teams.token()}`;
});

afterEach(() => teams.close());

/** Posts what Teams would post, with these headers besides. */
const sends = (headers: readonly string[], line = LINE) =>
  rawRequest(
    teams.bot.url,
    [line, 'Host: bot', 'Connection: close', 'Content-Type: application/json', ...headers],
    body,
  );

/** So it ends, with nothing said, no turn run, and nobody asked. */
async function endsAs(answer: Promise<{ status: string; text: string }>, status: string): Promise<void> {
  expect(await answer).toEqual({ status: `HTTP/1.1 ${status}`, text: '' });
  expect(teams.state.turns).toBe(0);
  expect(teams.outgoing()).toEqual([]);
}

describe('a request', () => {
  // The server doesn't read to the end of it: its answer may get lost with the connection.
  it.each<[string, string[]]>([
    ['a token of 1 MB', [`Authorization: Bearer ${'a'.repeat(1024 * 1024)}`]],
    ['thousands of headers', Array.from({ length: 5_000 }, (_, n) => `X-${n}: 1`)],
  ])('with %s is refused before it is read', async (_what, headers) => {
    const { status, text } = await sends([LENGTH, good, ...headers]);
    expect(['HTTP/1.1 431 Request Header Fields Too Large', '']).toContain(status);
    expect(text).toBe('');
    expect(teams.state.turns).toBe(0);
    expect(teams.outgoing()).toEqual([]);
  });

  it.each<[string, string[]]>([
    ['two lengths', [LENGTH, LENGTH]],
    ['two lengths that differ', [LENGTH, 'Content-Length: 5']],
    ['a length and chunks', [LENGTH, 'Transfer-Encoding: chunked']],
    ['a length that is none', ['Content-Length: -1']],
  ])('with %s is refused', async (_what, headers) => {
    await endsAs(sends([...headers, good]), '400 Bad Request');
  });

  it('that is no HTTP is refused', async () => {
    await endsAs(rawRequest(teams.bot.url, ['\x16\x03\x01\x02\x00\x01']), '400 Bad Request');
  });

  it('with two tokens counts by the first', async () => {
    expect((await sends([LENGTH, 'Authorization: Bearer x', good])).status).toBe('HTTP/1.1 401 Unauthorized');
    expect(teams.state.turns).toBe(0);
    expect((await sends([LENGTH, good, 'Authorization: Bearer x'])).status).toBe('HTTP/1.1 200 OK');
  });

  it('that asks to be something else than HTTP is answered as any, and its connection closed', async () => {
    const upgrade = ['Connection: Upgrade', 'Upgrade: websocket', LENGTH];
    expect((await sends([...upgrade, 'Authorization: Bearer x'])).status).toBe('HTTP/1.1 401 Unauthorized');
    expect(teams.state.turns).toBe(0);
    expect((await sends([...upgrade, good])).status).toBe('HTTP/1.1 200 OK');
  });

  it.each(['GET /api/messages', 'PUT /api/messages', 'OPTIONS /api/messages'])(
    '%s says no more than that it is not done so',
    async (line) => {
      expect(await sends([LENGTH, good], `${line} HTTP/1.1`)).toEqual({
        status: 'HTTP/1.1 405 Method Not Allowed',
        text: '{}',
      });
      expect(teams.state.turns).toBe(0);
    },
  );

  it.each(['/', '/api/messages/', '/api/messages%zz', '/%E0%A4%A', '/metrics?a=<b>'])(
    'to %s says no more than that nothing is there',
    async (path) => {
      expect(await sends([LENGTH, good], `POST ${path} HTTP/1.1`)).toEqual({
        status: 'HTTP/1.1 404 Not Found',
        text: '{}',
      });
      expect(teams.state.turns).toBe(0);
    },
  );
});
