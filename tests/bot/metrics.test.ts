import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import type { Chatter } from '../parts/chatter';
import { type BotProcess, type Fleet, openFleet } from '../parts/fleet';
import { WEBHOOK_SECRET } from '../parts/secrets';
import { few } from '../parts/situations';
import { until } from '../parts/until';
import { type Collector, startCollector } from './collector';

jest.setTimeout(120_000); // processes that start on a busy machine

const TOKEN = 'a-token-that-only-these-tests-know-of';
const root = join(__dirname, '../..');
const textOf = (name: string) => readFileSync(join(root, name), 'utf8');

let fleet: Fleet;
let bot: BotProcess;
let collector: Collector;
let admin: Chatter;
let alex: Chatter;

beforeAll(async () => {
  collector = await startCollector();
  fleet = await openFleet({
    processes: 1,
    load: few,
    env: {
      TELEMETRY: 'on',
      METRICS_TOKEN: TOKEN,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      ACTIVATION_WEBHOOK_SECRET: WEBHOOK_SECRET,
    },
  });
  [bot] = fleet.bots as [BotProcess];
  [admin, alex] = ['Adele Vance', 'Alex Wilber'].map((name) => fleet.person(name, () => bot)) as [
    Chatter,
    Chatter,
  ];
  await alex.says('help');
});
afterAll(async () => {
  await fleet.close();
  await collector.close();
});

function asked(authorization?: string): Promise<Response> {
  return fetch(`${bot.url}/metrics`, { headers: authorization ? { authorization } : {} });
}

/** All figures, by name with labels as they are written. */
async function figures(): Promise<Map<string, number>> {
  const text = await (await asked(`Bearer ${TOKEN}`)).text();
  const lines = [...text.matchAll(/^(\w+(?:\{[^}]*\})?) (\S+)$/gm)];
  return new Map(lines.map(([, name = '', value]) => [name, Number(value)]));
}

/** By how much a figure grows while something is done. */
async function growth(name: string, act: () => Promise<unknown>): Promise<number> {
  const before = (await figures()).get(name) ?? 0;
  await act();
  return ((await figures()).get(name) ?? 0) - before;
}

const turns = (route: string, outcome: string) =>
  `partner_benefits_turns_total{route="${route}",outcome="${outcome}"}`;

describe('the figures', () => {
  it('count a turn, its time and its calls to storage', async () => {
    const help = () => alex.says('help');
    expect(await growth(turns('help', 'ok'), help)).toBe(1);
    expect(await growth('partner_benefits_turn_duration_seconds_bucket{route="help",le="8"}', help)).toBe(1);
    expect(await growth('partner_benefits_turn_storage_calls_sum{route="help"}', help)).toBe(1);
  });

  it('count what a rule refuses, apart from a fault', async () => {
    expect(await growth(turns('users', 'refused'), () => alex.says('users'))).toBe(1);
    bot.storage.before = () => 'isRefused';
    expect(await growth(turns('message', 'fault'), () => alex.says('help'))).toBe(1);
    bot.storage.before = () => 'passes';
  });

  it.each([
    ['body', () => bot.postTo('/api/messages', 'no JSON')],
    ['forbidden', () => bot.post({ type: 'message' })],
  ])('count a request that is no turn, as %s', async (reason, posts) => {
    expect(await growth(`partner_benefits_requests_refused_total{reason="${reason}"}`, posts)).toBe(1);
  });

  it('count what a fulfilment system says', async () => {
    const name = 'partner_benefits_activations_total{status="401"}';
    expect(await growth(name, () => bot.postTo('/api/activations', '{}'))).toBe(1);
  });

  it('count a notice when it was sent, and tell how long one waits that is not', async () => {
    fleet.teams.refuses = (id) => (id === alex.conversationId ? { status: 503 } : undefined);
    const notices = (outcome: string) =>
      `partner_benefits_notices_total{channel="teams",outcome="${outcome}"}`;
    const holds = async (name: string, isSo: (value: number) => boolean) =>
      until(name, async () => isSo((await figures()).get(name) ?? NaN));
    await admin.says('assign power bi pro to alex wilber');
    await admin.clicks('Assign user');
    await holds(notices('again'), (tries) => tries > 0);
    await holds('partner_benefits_outbox_oldest_seconds', (age) => age > 0);
    fleet.teams.refuses = undefined;
    await holds(notices('sent'), (sent) => sent === 1);
    await holds('partner_benefits_outbox_oldest_seconds', (age) => age === 0);
  });

  it('have few labels, whatever is sent', async () => {
    const all = Array.from({ length: 100 }, (_, index) => `forged-${index}`);
    const forged = async () => {
      for (const name of all) {
        await alex.presses({ type: 'Action.Execute', verb: name, data: {} });
        await alex.send({ type: name });
        await alex.send({ type: name, name: 'adaptiveCard/action' });
        await bot.postTo(`/api/${name}`, '{}');
      }
    };
    expect(await growth(turns('unknown', 'ok'), forged)).toBe(100);
    const names = [...(await figures()).keys()];
    expect(names).toContain(turns('other', 'ignored'));
    expect(names.filter((name) => name.includes('forged'))).toEqual([]);
  });

  it('are for nobody without the token, and nobody is told why', async () => {
    for (const brought of [undefined, TOKEN, 'Bearer', `Bearer ${TOKEN}x`, `Basic ${TOKEN}`]) {
      const answer = await asked(brought);
      expect([answer.status, await answer.text()]).toEqual([401, '']);
    }
    const answer = await asked(`Bearer ${TOKEN}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      'text/plain; version=0.0.4; charset=utf-8',
    ]);
  });

  it('are those of the dashboard, of the alerts and of the list, all of them', async () => {
    const served = new Set([...(await figures()).keys()].map((name) => name.replace(/\{.*/, '')));
    const namesIn = (text: string) => [...new Set(text.match(/\bpartner_benefits_\w+/g))];
    const operations = textOf('docs/operations.md');
    const bare = (name: string) => name.replace(/_(bucket|sum|count)$/, '');
    expect(namesIn(textOf('infra/grafana-dashboard.json')).length).toBeGreaterThan(5);
    for (const text of [textOf('infra/grafana-dashboard.json'), operations]) {
      const known = text === operations ? [...served, ...[...served].map(bare)] : [...served];
      expect(known).toEqual(expect.arrayContaining(namesIn(text)));
    }
    expect(namesIn(operations)).toEqual(expect.arrayContaining([...served].map(bare)));
  });
});

describe('a trace', () => {
  it('has a span for each turn and each notice, with how it ended', async () => {
    await alex.says('my benefits');
    await until('the span of the turn has come', () =>
      collector.spans.some(({ name }) => name === 'turn myBenefits'),
    );
    const span = (name: string) => collector.spans.filter((each) => each.name === name);
    expect(span('turn myBenefits')).toMatchObject([
      { kind: 2, about: { route: 'myBenefits', outcome: 'ok', 'storage.calls': expect.any(Number) } },
    ]);
    expect(span('turn users')).toMatchObject([
      { about: { outcome: 'refused', refused: 'notBenefitsAdmin' } },
    ]);
    expect(span('turn message')).toMatchObject([{ about: { outcome: 'fault' }, status: { code: 2 } }]);
    const notice = { kind: 4, about: { channel: 'teams', key: 'assigned', outcome: 'sent' } };
    expect(span('notice assigned')).toContainEqual(expect.objectContaining(notice));
    expect(collector.services).toEqual(new Set(['partner-benefits']));
  });

  it('says of nobody who they are or what they said, and neither do the figures', async () => {
    const all = [...collector.bodies, ...(await figures()).keys()].join('\n');
    expect(all).toContain('turn myBenefits');
    const { id, aadObjectId } = alex.member;
    for (const secret of [fleet.tenantId, id, aadObjectId, alex.conversationId, TOKEN])
      expect(all).not.toContain(secret);
    expect(all).not.toMatch(/alex|wilber|adele|contoso|power bi/i);
  });
});
