import type { Directory } from './directory';
import type { Stored } from './model';
import { untilSettled } from './operations';
import { ConflictError, type Ports } from './ports';
import { type SyncReport, syncStep } from './syncUsers';
import type { DueOf } from './work';

const DAY_MS = 24 * 3600_000;

/** Lets users be taken over from Entra ID from now on, every day, unless they already are. @throws BenefitError `tooBusy` */
export function startDailySync(ports: Ports): Promise<void> {
  const { ledger } = ports;
  return untilSettled(ports, async () => {
    const [company, before] = await Promise.all([ledger.company(), ledger.userSync()]);
    if (!company || before?.isDaily) return;
    const at = ports.now().toISOString();
    await ledger.commit([
      { of: 'userSync', before, after: { ...(before ?? { isWhole: true }), isDaily: true } },
      { of: 'due', after: { id: 'sync-users', at, kind: 'syncUsers' } },
    ]);
  });
}

/**
 * Takes over one page, and comes again: for the next page at once, or when that was the last, in a day. How far it
 * came and when it comes again are kept together.
 *
 * @param directory undefined: it isn't wanted any more
 * @throws DirectoryError `busy` or `refused`; BenefitError `tooBusy`
 */
export async function syncDaily(
  ports: Ports,
  directory: Directory | undefined,
  due: Stored<DueOf<'syncUsers'>>,
): Promise<SyncReport | undefined> {
  const before = await ports.ledger.userSync();
  if (!directory) {
    const end = { of: 'due', before: due } as const;
    if (before)
      await commitUnlessDone(ports, [end, { of: 'userSync', before, after: { ...before, isDaily: false } }]);
    else await commitUnlessDone(ports, [end]);
    return undefined;
  }
  const { after, isDone, ...report } = await syncStep(ports, directory, before);
  const at = new Date(ports.now().getTime() + (isDone ? DAY_MS : 0)).toISOString();
  await commitUnlessDone(ports, [
    { of: 'userSync', before, after: { ...after, isDaily: true } },
    { of: 'due', before: due, after: { ...due, at } },
  ]);
  return report;
}

/** An operator's sync was faster: the page comes again, or was theirs. */
async function commitUnlessDone(
  ports: Ports,
  changes: Parameters<Ports['ledger']['commit']>[0],
): Promise<void> {
  try {
    await ports.ledger.commit(changes);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
  }
}
