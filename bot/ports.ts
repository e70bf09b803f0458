import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { KeyCipher, Ledger, Ports } from '../benefits/ports';
import { ConflictError } from '../benefits/ports';
import { fold } from '../benefits/words';
import type { LedgerDomain } from '../storage/tableLedger';

/** The real clock and real randomness, for the use cases of one company. */
export function realPorts(ledger: Ledger, cipher: KeyCipher): Ports {
  return {
    ledger,
    cipher,
    now: () => new Date(),
    random: (bytes) => randomBytes(bytes).toString('hex'),
    pause: async (milliseconds) => void (await wait(milliseconds)),
  };
}

/** What storage is given of the domain. */
export const ledgerDomain: LedgerDomain = {
  fold,
  conflict: (message, cause) => new ConflictError(message, { cause }),
};
