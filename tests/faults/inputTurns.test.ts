import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import {
  aCard,
  FIELDS,
  IN_WORDS,
  inNewChat as newChat,
  isAnswered,
  noFault as faultless,
  VERBS,
} from '../parts/answered';
import { fields, holds, json, text } from '../parts/arbitrary';
import type { Json } from '../parts/card';
import type { Chatter, Posted } from '../parts/chatter';
import { contoso, openCompany, type OpenCompany } from '../parts/company';
import { fits } from '../parts/fits';

const SECRET = 'a-secret-that-only-the-tests-know-of';
/** A larger body is refused before its signature is looked at. */
const MOST_BYTES = 256 * 1024;

let company: OpenCompany;
beforeAll(async () => {
  company = await openCompany({ env: { ACTIVATION_WEBHOOK_SECRET: SECRET } });
});
afterAll(() => company.close());

const inNewChat = (name: Parameters<typeof newChat>[1]) => newChat(company, name);
const noFault = (posted: Posted) => faultless(company, posted);

const FIELDS_OF_ACTIVITY = [
  ...([
    'type',
    'name',
    'value',
    'text',
    'from',
    'recipient',
    'conversation',
    'channelData',
    'locale',
  ] as const),
  ...(['localTimezone', 'id', 'replyToId', 'action', 'membersAdded', 'timestamp', 'localTimestamp'] as const),
  ...(['expiration', 'entities', 'attachments', 'relatesTo', 'callerId'] as const),
];

describe('an activity', () => {
  const odd = fc.option(json, { nil: undefined });
  const account = fc.oneof(
    odd,
    fc.record({ id: text, name: odd, aadObjectId: fc.oneof(text, odd) }, { requiredKeys: ['id'] }),
    fc.record({ id: text }),
  );
  const anything = fc.record({
    type: fc.constantFrom('message', 'invoke', 'conversationUpdate', 'installationUpdate', 'event', 'x'),
    name: fc.oneof(
      fc.constantFrom('adaptiveCard/action', 'application/search', 'fileConsent/invoke', 'task/fetch'),
      odd,
    ),
    value: fc.oneof(
      odd,
      fc.record({ action: fc.record({ verb: fc.oneof(fc.constantFrom(...VERBS), odd), data: odd }) }),
      fc.record({
        action: fc.constantFrom('accept', 'decline'),
        context: fc.record({ what: odd, details: odd }),
      }),
      fc.record({ queryText: fc.oneof(text, odd), dataset: odd }),
      fc.tuple(fc.constantFrom(...VERBS), fields(FIELDS, json)).map(([verb, data]) => ({ ...data, verb })),
    ),
    text: fc.oneof(text, odd),
    from: account,
    recipient: account,
    conversation: fc.oneof(
      odd,
      fc.record({ id: text, conversationType: fc.constantFrom('personal', 'channel', 'groupChat', null) }),
    ),
    channelData: odd,
    locale: fc.oneof(text, odd),
    localTimezone: fc.oneof(text, odd),
    id: odd,
    replyToId: fc.oneof(text, odd),
    action: fc.oneof(fc.constantFrom('add', 'remove'), odd),
    membersAdded: fc.oneof(fc.constant([{ id: 'x' }]), odd),
    timestamp: odd,
    localTimestamp: odd,
    expiration: odd,
    entities: odd,
    attachments: odd,
    relatesTo: odd,
    callerId: odd,
  });
  /** A press, a search or a text of which a few fields are anything. */
  const activity = fc
    .tuple(
      fc.constantFrom<Json>(
        { type: 'message', text: 'help' },
        { type: 'invoke', name: 'adaptiveCard/action', value: { action: { verb: 'help', data: {} } } },
        { type: 'invoke', name: 'application/search', value: { queryText: 'a' } },
        {
          type: 'invoke',
          name: 'fileConsent/invoke',
          value: { action: 'decline', context: { what: 'export', details: {} } },
        },
        { type: 'installationUpdate', action: 'add' },
      ),
      anything,
      fc.subarray([...FIELDS_OF_ACTIVITY], { minLength: 1, maxLength: 3 }),
    )
    .map(([usual, odd, names]) => ({
      ...usual,
      ...Object.fromEntries(names.map((name) => [name, odd[name]])),
    }));

  it.each(['Adele Vance', 'Alex Wilber'] as const)(
    'of which anything is anything is answered, or refused at the door: %s',
    async (name) => {
      await holds(
        fc.asyncProperty(activity, async (changes) => {
          const who = inNewChat(name);
          const { conversation, ...rest } = changes as Json;
          const tenant = { tenantId: company.tenantId };
          const place = conversation && { ...Object(conversation), ...tenant };
          const posted = await who.send({ ...rest, ...(place && { conversation: place }) });
          await company.settled();
          noFault(posted);
          if (posted.status === 200 && posted.text !== '') {
            const { type, value } = JSON.parse(posted.text) as { type: string; value: unknown };
            expect(IN_WORDS).toContain(type);
            aCard({ value });
          }
        }),
        60,
      );
    },
  );

  it('of somebody whose name and address are anything enters them once, or not at all', async () => {
    const id = text.filter((any) => /^\P{Cs}{1,1000}$/su.test(any));
    const member = fc.record(
      {
        name: text,
        email: fc.oneof(
          text,
          fc.uuid().map((any) => `${any}@x.com`),
        ),
        userPrincipalName: text,
        userRole: text,
        aadObjectId: id,
        id,
      },
      { requiredKeys: ['name', 'aadObjectId', 'id'] },
    );
    await holds(
      fc.asyncProperty(member, async (about) => {
        const who = company.person('Somebody', about);
        for (const said of ['help', 'my benefits']) await isAnswered(company, who, () => who.says(said));
      }),
      40,
    );
  });
});

describe('a search while one types', () => {
  const typed = fc.oneof(
    text,
    fc
      .tuple(fc.constantFrom(...contoso.users), fc.nat(12))
      .map(([{ displayName }, length]) => displayName.slice(0, length)),
  );
  const search = (who: Chatter, queryText: unknown) =>
    who.send({ type: 'invoke', name: 'application/search', value: { queryText, dataset: 'users' } });
  const found = ({ text: body }: Posted) =>
    (JSON.parse(body) as { value: { results: { value: string }[] } }).value.results.map(({ value }) => value);

  it('finds for an admin who fits and nobody else, and for an employee nobody', async () => {
    const [admin, employee] = [inNewChat('Adele Vance'), inNewChat('Alex Wilber')];
    await holds(
      fc.asyncProperty(typed, async (any) => {
        const asked = any.slice(0, 100);
        const users = await company.ledger.usersByName(200);
        const fitting = users.filter((user) => fits({ ...user, roles: [] }, asked)).map(({ id }) => id);
        const posted = await search(admin, any);
        noFault(posted);
        const results = found(posted);
        expect(results).toHaveLength(Math.min(15, fitting.length));
        for (const id of results) expect(fitting).toContain(id);
        expect(found(await search(employee, any))).toEqual([]);
      }),
      25,
    );
  });
});

describe('an event of a fulfilment system', () => {
  const signature = (body: string) => {
    const seconds = Math.floor(company.clock.now.getTime() / 1000);
    const digest = createHmac('sha256', SECRET).update(`${seconds}.${body}`).digest('hex');
    return `t=${seconds},v1=${digest}`;
  };
  const tells = (body: string, signed: string) =>
    company.posts('/api/activations', body, { 'x-signature': signed });
  const times = [
    '2026-02-30T00:00:00Z',
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59-14:00',
    '2026-11-24T00:00:00Z',
  ];
  const event = fc.record(
    {
      tenantId: fc.oneof(fc.constant('HERE'), text),
      benefitId: fc.oneof(fc.constantFrom('cloud-support-incidents', 'constructor'), text),
      userEmail: fc.oneof(fc.constant('alex.wilber@contoso.com'), text),
      status: fc.constant('active'),
      instructions: fc.oneof(text, json),
      occurredAt: fc.oneof(fc.constantFrom(...times), text),
    },
    { requiredKeys: ['tenantId', 'benefitId', 'userEmail', 'status', 'occurredAt'] },
  );
  const body = fc.oneof(
    text,
    json.map((any) => JSON.stringify(any)),
    event.map((any) => JSON.stringify(any).replace('"HERE"', () => JSON.stringify(company.tenantId))),
    fc
      .tuple(event, fc.constantFrom('tenantId', 'benefitId', 'userEmail', 'occurredAt', '__proto__'), json)
      .map(([any, field, value]) => JSON.stringify({ ...any, [field]: value })),
  );

  it('of which anything is anything is 401 unsigned, and signed never taken for one, nor a fault', async () => {
    await company.settled();
    const before = await company.rows('');
    await holds(
      fc.asyncProperty(body, text, async (any, odd) => {
        const header = odd.slice(0, 1_000).replace(/[^\x20-\x7e]/g, '') || 't=1,v1=00';
        const isTooLarge = Buffer.byteLength(any) > MOST_BYTES;
        expect((await tells(any, header)).status).toBe(isTooLarge ? 413 : 401);
        const posted = await tells(any, signature(any));
        noFault(posted);
        expect(isTooLarge ? [413] : [400, 404, 409]).toContain(posted.status);
        expect(posted.text).toBe('');
      }),
      60,
    );
    expect(await company.rows('')).toEqual(before);
  });
});
