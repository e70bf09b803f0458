import type { SendResult } from './channel';
import type { Clock } from './clock';

/** When Teams says “too many” without saying how long, and when storage doesn't answer. */
export const AFTER_FAULT_MS = 5_000;

/** Until when nothing of the tenant may be sent, when Teams says so: in ms since 1970. */
export function pauseAfter(result: SendResult, clock: Clock): number | undefined {
  if (result.outcome !== 'again' || !result.tenantMustWait) return undefined;
  return clock.now() + (result.afterMs ?? AFTER_FAULT_MS);
}

/** Why something was not sent, for the log. */
export function whyOf(result: SendResult): string | undefined {
  if (result.outcome === 'sent') return undefined;
  return result.outcome === 'unreachable' ? result.reason : result.why;
}
