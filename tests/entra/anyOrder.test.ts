import * as fc from 'fast-check';
import type { Change } from '../../benefits/ports';
import { syncUsers } from '../../benefits/syncUsers';
import { graphDirectory } from '../../bot/graph';
import { turnScope } from '../../bot/turnScope';
import { openCompany } from '../parts/company';
import { credentialOf, type EntraUser, startGraph, throttles, tokenOf } from '../parts/graph';
import { few } from '../parts/situations';

/** What happens in Entra ID, to the n-th of those who were ever there, and to the sync. */
const HAPPENS = [
  'adds',
  'renames',
  'moves',
  'speaks',
  'disables',
  'enables',
  'removes',
  'restores',
  'forgets',
  'syncs',
  'dies',
  'waits',
] as const;
const events = fc.array(fc.tuple(fc.constantFrom(...HAPPENS), fc.nat(9)), { minLength: 10, maxLength: 40 });

it('ends with what Entra ID says, whatever happens there and to the sync in any order', async () => {
  await fc.assert(fc.asyncProperty(events, endsWell), { numRuns: 12 });
}, 300_000);

async function endsWell(happening: readonly (readonly [(typeof HAPPENS)[number], number])[]): Promise<void> {
  const company = await openCompany({ load: few });
  const token = tokenOf(company.tenantId);
  const graph = await startGraph(token);
  const directory = graphDirectory(company.tenantId, {
    url: graph.url,
    credential: credentialOf(token),
    scope: turnScope,
  });
  const syncs = () => syncUsers(company.ports, directory, true, () => {});
  const ever: EntraUser[] = [];
  const wasEntered = new Set<string>();
  const commit = company.ledger.commit.bind(company.ledger);

  for (const [what, n] of happening) await happens(what, n);
  graph.script.length = 0;
  // The first only ends a round that was broken off: what has changed since that began comes in the next.
  await syncs();
  await syncs();
  const rows = await rowsOf();
  await agrees();
  graph.forgets();
  await syncs();
  expect(await rowsOf()).toEqual(rows);
  expect(await company.findings()).toEqual([]);
  await Promise.all([company.close(), graph.close()]);

  async function happens(what: (typeof HAPPENS)[number], n: number): Promise<void> {
    if (what === 'adds') return void ever.push(graph.adds(`Person ${ever.length}`));
    if (what === 'forgets') return graph.forgets();
    if (what === 'syncs') return void (await synced());
    if (what === 'waits') return void (await interrupted(() => graph.script.push(throttles(n))));
    if (what === 'dies') return void (await interrupted(() => diesAfter(n)));
    const who = ever[n % Math.max(1, ever.length)];
    if (!who) return;
    if (what === 'restores') return graph.people.has(who.id) ? undefined : graph.restores(who);
    if (!graph.people.has(who.id)) return;
    if (what === 'removes') return graph.removes(who);
    graph.changes(who, changeOf(what, n));
  }

  function changeOf(what: string, n: number): Partial<EntraUser> {
    if (what === 'renames') return { displayName: `Renamed ${n}` };
    if (what === 'moves') return { mail: `moved.${n}.${ever.length}.${graph.asked.length}@contoso.com` };
    if (what === 'speaks') return { preferredLanguage: n % 2 === 0 ? 'fr-FR' : 'en-US' };
    return { accountEnabled: what === 'enables' };
  }

  async function synced(): Promise<void> {
    await syncs();
    for (const { id, accountEnabled } of graph.people.values()) if (accountEnabled) wasEntered.add(id);
  }

  async function interrupted(breaks: () => void): Promise<void> {
    breaks();
    await syncs().catch(() => {});
    graph.script.length = 0;
    company.ledger.commit = commit;
  }

  /** Some commits later the process is gone: of the last one it never hears that it was done. */
  function diesAfter(commits: number): void {
    let left = commits;
    company.ledger.commit = async (changes: readonly Change[]) => {
      if (left < 0) throw new Error('no such process');
      await commit(changes);
      if (left-- === 0) throw new Error('no such process');
    };
  }

  /** All but how far the sync is. */
  async function rowsOf(): Promise<Record<string, unknown>[]> {
    return (await company.rows('')).filter(({ rowKey }) => rowKey !== 'entra');
  }

  async function agrees(): Promise<void> {
    for (const { id } of ever) {
      const said = graph.people.get(id);
      const userId = await company.ledger.userIdOfSignIn(id, 'fresh');
      const user = userId === undefined ? undefined : await company.ledger.user(userId);
      if (said?.accountEnabled || wasEntered.has(id)) expect(user).toBeDefined();
      if (!user) continue;
      expect(user).toMatchObject({ active: true, roles: [] });
      if (!said) continue; // who was removed while the links were lost, and holds nothing, is not looked for
      expect(user).toMatchObject({ displayName: said.displayName, email: said.mail });
      expect(user.leftEntra).toBe(said.accountEnabled ? undefined : 'disabled');
    }
  }
}
