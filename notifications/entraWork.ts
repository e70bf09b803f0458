import type { Logger } from 'pino';
import { syncDaily } from '../benefits/dailySync';
import { DirectoryError, type Entra } from '../benefits/directory';
import { done, installApp } from '../benefits/installApp';
import type { Stored } from '../benefits/model';
import type { Ports } from '../benefits/ports';
import type { DueOf } from '../benefits/work';

interface EntraWorkParts {
  readonly ports: Ports;
  readonly entra?: Entra;
  readonly log: Logger;
}

/** When Graph has no time for us without saying how long: how long until the next try. */
const AGAIN_MS = 10 * 60_000;

/**
 * The due work that Microsoft Graph is needed for.
 * @returns when Graph has no time for us now: how long to put it off, in milliseconds
 * @throws what is no answer of Graph's; DirectoryError of a sync that somebody has to mend
 */
export async function entraWork(
  { ports, entra, log }: EntraWorkParts,
  due: Stored<DueOf<'syncUsers' | 'installApp'>>,
): Promise<number | undefined> {
  try {
    if (due.kind === 'installApp') {
      await installApp(ports, entra?.installer, due);
      log.info({ due: due.kind }, 'due work');
    } else {
      const report = await syncDaily(ports, entra?.directory, due);
      const { counts, refused = [], left = [] } = report ?? {};
      log.info({ due: due.kind, ...counts, refused: refused.length, left: left.length }, 'due work');
    }
    return undefined;
  } catch (err) {
    if (!(err instanceof DirectoryError)) throw err;
    if (err.reason === 'busy') {
      log.info({ due: due.kind, outcome: 'again', why: err.message }, 'due work');
      return err.retryAfterMs ?? AGAIN_MS;
    }
    if (due.kind !== 'installApp') throw err;
    log.error({ err }, 'the bot could not be installed for somebody');
    await done(ports, due);
    return undefined;
  }
}
