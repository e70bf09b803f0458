import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { importCompany } from '../../benefits/importCompany';
import type { Role, User } from '../../benefits/model';
import { fold, isEmail, normalEmail } from '../../benefits/words';
import { keyCiphers } from '../../bot/keyCiphers';
import { parseEncryptionKeys } from '../../bot/keySettings';
import { ledgerDomain, realPorts } from '../../bot/ports';
import { turnScope } from '../../bot/turnScope';
import { CompanyFileError, parseCompanyFile } from '../../scripts/companyFile';
import { rowsOf } from '../../storage/ledgerRows';
import { Tables } from '../../storage/tables';
import { holds, json, text } from '../parts/arbitrary';
import type { Json } from '../parts/card';
import { ENCRYPTION_KEYS } from '../parts/secrets';
import { fits } from '../parts/fits';
import { entityTable, tableClient, testTable } from '../parts/tables';
import { MOST_STATE_BYTES, TableBotState } from '../../storage/tableBotState';

const tables = new Tables({ connectionString: process.env.TEST_STORAGE ?? '' }, turnScope, ledgerDomain);
beforeAll(() => tables.create());

/** Ids that are near each other: one begins another, and what follows sorts before and after the separator. */
const id = fc.oneof(
  fc.constantFrom('a', 'a-', 'a--', 'a-a', 'a0', 'aa', '-', '0', 'constructor', 'c', 'n', 'a-c'),
  fc.stringMatching(/^[a-z0-9-]{1,64}$/),
);
/** As the use cases let it into the ledger. */
const email = fc
  .oneof(
    fc.tuple(text, id).map(([odd, more]) => `${odd}${more}@contoso.com`),
    text,
  )
  .filter(isEmail);
const user = fc.record({
  id,
  email: email.map(normalEmail),
  displayName: text.map((name) => name.slice(0, 100)),
  roles: fc.subarray<Role>(['accountAdmin', 'benefitsAdmin']),
  active: fc.constantFrom(true, true, true, false),
  objectId: fc.option(fc.uuid(), { nil: undefined }),
});
const users = fc
  .uniqueArray(user, { selector: (each) => each.id, minLength: 1, maxLength: 6 })
  .map((all) => all.filter((one, n) => all.findIndex((other) => other.email === one.email) === n));

const idsOf = (all: readonly { readonly id: string }[]) => all.map(({ id: each }) => each).sort();

describe('the rows of users', () => {
  it('are found by what should find them, and by nothing else', async () => {
    await holds(
      fc.asyncProperty(users, fc.array(text, { minLength: 1, maxLength: 3 }), async (all, typed) => {
        const ledger = tables.ledger(randomUUID());
        for (const after of all) await ledger.commit([{ of: 'user', after }]);
        for (const one of all) {
          await ledger.saveChat(one.id, { reference: { of: one.id }, reachable: true });
          expect(await ledger.user(one.id)).toMatchObject(JSON.parse(JSON.stringify(one)));
          expect(await ledger.userIdOfEmail(one.email)).toBe(one.id);
        }
        for (const one of all) {
          const person = await ledger.person(one.id);
          expect([person?.user.id, person?.chat?.reference]).toEqual([one.id, { of: one.id }]);
          if (one.objectId) expect(await ledger.userIdOfSignIn(one.objectId)).toBe(one.id);
        }
        const isActive = (one: User) => one.active;
        expect(idsOf(await ledger.usersByName(9))).toEqual(idsOf(all.filter(isActive)));
        expect(idsOf(await ledger.inactiveUsers(9))).toEqual(idsOf(all.filter((one) => !isActive(one))));
        for (const role of ['accountAdmin', 'benefitsAdmin'] as const) {
          const having = all.filter((one) => one.active && one.roles.includes(role));
          expect(idsOf(await ledger.usersWithRole(role, 9))).toEqual(idsOf(having));
        }
        for (const search of [...typed, ...all.map(({ displayName }) => displayName.slice(0, 3))])
          if (fold(search).length <= 100)
            expect(idsOf(await ledger.searchUsers(search, 40))).toEqual(
              idsOf(all.filter((one) => fits(one, search))),
            );
      }),
      15,
    );
  });

  it('are in their own partition, fit their keys, and are gone when the user is another', async () => {
    await holds(
      fc.asyncProperty(user, user, async (one, other) => {
        const tenantId = randomUUID();
        const ledger = tables.ledger(tenantId);
        await ledger.commit([{ of: 'user', after: one }]);
        const before = await ledger.user(one.id);
        await ledger.commit([{ of: 'user', before, after: { ...other, id: one.id } }]);
        const found: string[] = [];
        const rows = tableClient('Ledger').listEntities({
          queryOptions: { filter: `PartitionKey eq '${tenantId}'` },
        });
        for await (const { rowKey } of rows) found.push(rowKey ?? '');
        const expected = rowsOf({ of: 'user', after: { ...other, id: one.id } }, 'after', fold);
        expect(found.sort()).toEqual([...new Set(expected.map(({ rowKey }) => rowKey))].sort());
        // Azure's limits, which Azurite doesn't know.
        for (const key of found) expect(key).toMatch(/^[^/\\#?\u0000-\u001f\u007f-\u009f\p{Cs}]{1,512}$/u);
        expect(found.length).toBeLessThanOrEqual(40);
      }),
      12,
    );
  });

  it('are found by the beginning of any of their first words, in capitals or not', async () => {
    const ledger = tables.ledger(randomUUID());
    const names = ['ΟΔΥΣΣΕΑΣ Παππάς', 'Maria da Conceição de Jesus dos Santos Silva', '𠮷'.repeat(150)];
    for (const [n, displayName] of names.entries())
      await ledger.commit([
        { of: 'user', after: { id: `u${n}`, email: `u${n}@x.com`, displayName, roles: [], active: true } },
      ]);
    for (const [n, name] of names.entries())
      for (const word of name.split(' '))
        for (const typed of [word, word.slice(0, 4), word.toUpperCase().slice(0, 4), `${word.toLowerCase()}`])
          expect(idsOf(await ledger.searchUsers(typed, 9))).toContain(`u${n}`);
    expect(idsOf(await ledger.searchUsers(names[1] ?? '', 9))).toEqual(['u1']);
    expect(await ledger.searchUsers('a'.repeat(100_000), 9)).toEqual([]);
  });
});

describe('what one benefit is about', () => {
  it('is never in the range of another', async () => {
    const at = '2026-11-24T09:00:00.000Z';
    const summary = (userId: string) => ({ id: userId, email: 'x@x.com', displayName: 'X', active: true });
    await holds(
      fc.asyncProperty(
        fc.uniqueArray(fc.tuple(id, id), { selector: (pair) => pair.join(), minLength: 2, maxLength: 6 }),
        async (pairs) => {
          const ledger = tables.ledger(randomUUID());
          const ids = [...new Set(pairs.map(([benefitId]) => benefitId))];
          for (const benefitId of ids)
            await ledger.commit([
              {
                of: 'benefit',
                after: {
                  ...{ id: benefitId, name: { en: benefitId }, package: 'P', category: 'cloud' },
                  ...{ assignable: 'anyone', seats: 9, held: 0 },
                },
              },
            ]);
          for (const [n, [benefitId, userId]] of pairs.entries()) {
            const before = await ledger.benefit(benefitId);
            if (!before) throw new Error('no benefit');
            const seat = { benefitId, userId, assignedAt: at, assignedBy: summary('x'), operationId: 'op' };
            const plan = { from: summary(userId), to: summary('x'), on: '2027-01-01', madeBy: 'op' };
            await ledger.commit([
              { of: 'benefit', before, after: { ...before, held: before.held + 1 } },
              { of: 'assignment', after: { ...seat, status: 'activating' } },
              { of: 'handover', after: { benefitId, ...plan, plannedBy: summary('x'), dueId: 'd' } },
              { of: 'productKey', after: { id: userId, benefitId, sealed: userId, mark: userId } },
              {
                of: 'audit',
                after: { operationId: `op-${n}`, action: 'assign', at, by: 'x', benefitId, userId },
              },
            ]);
          }
          expect(idsOf(await ledger.benefits())).toEqual(ids.sort());
          for (const each of ids) {
            const mine = pairs.flatMap(([benefitId, userId]) => (benefitId === each ? [userId] : [])).sort();
            const lists = [
              (await ledger.holders(each, 9)).map(({ userId }) => userId),
              (await ledger.handovers(each)).map(({ from }) => from.id),
              (await ledger.productKeys(each)).map(({ sealed }) => sealed),
              (await ledger.history(9, { benefitId: each })).map(({ userId }) => userId),
            ];
            for (const list of lists) expect(list.sort()).toEqual(mine);
          }
          for (const userId of new Set(pairs.map(([, each]) => each))) {
            const mine = pairs.filter(([, each]) => each === userId).length;
            expect(await ledger.history(9, { userId })).toHaveLength(mine);
          }
          expect(await ledger.pendingActivations(9)).toHaveLength(pairs.length);
        },
      ),
      12,
    );
  });
});

describe('bot state', () => {
  it('of two keys never shares a row, whatever the keys are', async () => {
    const state = new TableBotState(entityTable((await testTable('BotState')).tableName));
    await holds(
      fc.asyncProperty(
        fc.uniqueArray(text, { minLength: 2, maxLength: 4 }),
        fc
          .dictionary(text, json, { maxKeys: 3, noNullPrototype: true })
          .filter((value) => Buffer.byteLength(JSON.stringify(value)) < MOST_STATE_BYTES - 1_000),
        async (keys, value) => {
          const unique = randomUUID();
          const items = keys.map((key, n) => [`${unique}${key}`, { ...value, n, eTag: '*' }] as const);
          for (const [key, item] of items) await state.put(key, item);
          for (const [key, item] of items) {
            const read = (await state.read([key]))[key] as Json;
            expect(JSON.stringify({ ...read, eTag: '*' })).toBe(JSON.stringify({ ...item, eTag: '*' }));
          }
        },
      ),
      25,
    );
  });
});

describe('a company file', () => {
  const slug = id;
  const fileUser = fc.record(
    {
      id: slug,
      email,
      displayName: text.filter((name) => name.trim().length > 0 && name.trim().length <= 100),
      language: fc.constantFrom('en', 'fr'),
      roles: fc.array(fc.constantFrom('accountAdmin', 'benefitsAdmin'), { maxLength: 3 }),
      active: fc.boolean(),
      objectId: fc.constantFrom(
        '00000000-0000-4000-8000-00000000000A',
        '00000000-0000-4000-8000-00000000000b',
        '00000000-0000-4000-8000-00000000000B',
      ),
      note: text,
    },
    { requiredKeys: ['id', 'email', 'displayName'] },
  );
  const name = fc.oneof(text, fc.record({ en: text, fr: text }));
  const fileBenefit = fc.record(
    {
      ...{ id: slug, name, package: text, category: fc.constantFrom('software', 'technical') },
      ...{ assignable: fc.constantFrom('anyone', 'self', 'none'), seats: fc.nat(20) },
      ...{
        keyKind: fc.constant('static'),
        keys: fc.array(text, { maxLength: 3 }),
        keysForHolders: fc.boolean(),
      },
      ...{ endsOn: fc.constantFrom('2026-02-28', '2026-02-30', '0000-01-01'), claimsADay: fc.nat(3) },
      ...{ systems: fc.array(text, { maxLength: 2 }), note: text },
    },
    { requiredKeys: ['id', 'name', 'package', 'category', 'assignable', 'seats'] },
  );
  const company = fc.record({
    name: fc.oneof(fc.constant('Contoso'), text),
    accountEmail: fc.oneof(fc.constant('partner@contoso.com'), email),
    timeZone: fc.constantFrom('Europe/Paris', 'UTC', 'europe/paris'),
    language: fc.constantFrom('en', 'fr'),
  });
  const file = fc.record({
    format: fc.constant(1),
    company,
    benefits: fc.array(fileBenefit, { maxLength: 2 }),
    users: fc.array(fileUser, { maxLength: 4 }),
  });
  const portsOf = (tenantId: string) => {
    const keys = parseEncryptionKeys(ENCRYPTION_KEYS) ?? [];
    return realPorts(tables.ledger(tenantId), keyCiphers({ keys })(tenantId));
  };

  /** @returns undefined when it is refused, at a place that is named */
  function parsed(written: string) {
    try {
      return parseCompanyFile(written);
    } catch (error) {
      if (!(error instanceof CompanyFileError)) throw error;
      for (const problem of error.problems)
        expect(problem).toMatch(/^(file|format|note|company|benefits|users|line [\d?]+)(\.\w+|\[\d+\])*: \S/);
      return undefined;
    }
  }

  it('that is accepted is imported whole, and a second time changes nothing', async () => {
    let accepted = 0;
    await holds(
      fc.asyncProperty(file, async (written) => {
        const read = parsed(JSON.stringify(written));
        if (!read) return;
        accepted += 1;
        const ports = portsOf(randomUUID());
        const first = await importCompany(ports, read, false);
        expect(first.users).toEqual({ created: read.users.length, changed: 0, unchanged: 0 });
        const second = await importCompany(ports, read, false);
        for (const fates of Object.values(second)) expect([fates.created, fates.changed]).toEqual([0, 0]);
      }),
      100,
    );
    expect(accepted).toBeGreaterThan(0);
  });

  it('of which anything is anything is refused at its place, or accepted', async () => {
    const written = fc.oneof(
      text,
      json.map((any) => JSON.stringify(any)),
    );
    const changed = fc
      .tuple(file, fc.constantFrom('format', 'company', 'benefits', 'users', '__proto__', 'x'), json)
      .map(([whole, field, any]) =>
        JSON.stringify(whole).replace(`"${field}":`, `"${field}":${JSON.stringify(any)},"y":`),
      );
    await holds(
      fc.property(fc.oneof(written, changed), (any) => void parsed(any)),
      400,
    );
  });

  it.each([
    [{ objectId: '00000000-0000-4000-8000-00000000000A' }, 'users[1].objectId: stands in the file twice'],
    [{ roles: ['accountAdmin', 'accountAdmin'] }, 'users[0].roles: has a role twice'],
    [{ email: 'a\u202Eb@x.com' }, 'users[0].email: must be an e-mail address'],
  ])('with %j for two users is refused', (changes, problem) => {
    const two = ['a', 'b'].map((each) => ({
      id: each,
      email: `${each}@x.com`,
      displayName: each,
      ...changes,
    }));
    const contoso = { name: 'C', accountEmail: 'c@c.com', timeZone: 'UTC', language: 'en' };
    const written = JSON.stringify({ format: 1, company: contoso, benefits: [], users: two });
    expect(() => parseCompanyFile(written)).toThrow(problem);
  });
});
