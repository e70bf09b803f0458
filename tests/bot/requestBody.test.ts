import { activity, startBotBehindTeams, type BotBehindTeams } from './botBehindTeams';

let teams: BotBehindTeams;
let headers: { authorization: string };

beforeEach(async () => {
  teams = await startBotBehindTeams();
  headers = { authorization: `Bearer ${await teams.token()}` };
});

afterEach(() => teams.close());

describe('with a good token, a body', () => {
  it('of 300 KB is refused, whether or not it says so', async () => {
    const tooLong = JSON.stringify(activity({ text: 'x'.repeat(300 * 1024) }));
    teams.expectRefused(await teams.bot.post(tooLong, headers), 413);
    teams.expectRefused(await teams.bot.send(new Blob([tooLong]).stream(), headers), 413);
  });

  it.each([1, 4])('of %i MB is refused, and not read to its end', async (megabytes) => {
    const tooLong = JSON.stringify(activity({ text: 'x'.repeat(megabytes * 1024 * 1024) }));
    teams.expectRefused(await teams.bot.post(tooLong, headers), 413);
  });

  it('of nearly 256 KiB is taken', async () => {
    const answer = await teams.bot.post(activity({ text: 'x'.repeat(255 * 1024) }), headers);
    expect(answer.status).toBe(200);
  });

  it('nested deeper than 100 levels is refused', async () => {
    const nested = (levels: number) =>
      JSON.stringify(activity({ value: 'deep' })).replace('"deep"', '['.repeat(levels) + ']'.repeat(levels));
    teams.expectRefused(await teams.bot.post(nested(100), headers), 403);
    teams.expectRefused(await teams.bot.post(nested(100_000), headers), 403);
    expect((await teams.bot.post(nested(99), headers)).status).toBe(200);
  });

  it.each<[string, string, number]>([
    ['broken JSON', '{"type":', 400],
    ['nothing', '', 400],
    ['an array', '[]', 403],
    ['null', 'null', 403],
    ['a text', '"message"', 403],
  ])('that is %s is refused', async (_what, body, status) => {
    teams.expectRefused(await teams.bot.post(body, headers), status);
  });

  it('that is not UTF-8 is refused', async () => {
    const latin = Buffer.from(JSON.stringify(activity({ text: 'Assigné' })), 'latin1');
    teams.expectRefused(await teams.bot.send(new Blob([latin]).stream(), headers), 400);
  });

  it('of another content type is refused', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', '']) {
      teams.expectRefused(await teams.bot.post(activity(), { ...headers, 'content-type': type }), 415);
    }
    teams.expectRefused(await teams.bot.post(activity(), { ...headers, 'content-encoding': 'gzip' }), 415);
  });

  it('of the right content type with a character set is taken', async () => {
    const answer = await teams.bot.post(activity(), {
      ...headers,
      'content-type': 'application/json; charset=utf-8',
    });
    expect(answer.status).toBe(200);
  });
});
