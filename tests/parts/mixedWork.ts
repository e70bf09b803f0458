import { randomUUID } from 'node:crypto';
import { checkLedger } from '../../benefits/checkLedger';
import { doDueWork } from '../../benefits/dueWork';
import type { Finding } from '../../benefits/findings';
import { importCompany } from '../../benefits/importCompany';
import type { Ports } from '../../benefits/ports';
import { readConfig } from '../../bot/config';
import { keyCiphers } from '../../bot/keyCiphers';
import { ledgerDomain, realPorts } from '../../bot/ports';
import { Tables } from '../../storage/tables';
import { dice } from './dice';
import { unloadCompany } from './load';
import { fewSeats, MixedPresses, type Told } from './mixedPresses';
import { ENCRYPTION_KEYS } from './secrets';

const PROCESSES = 3;
/** So many presses are under way at the same moment. */
const AT_ONCE = 12;
const CHECKED_EVERY = 50;
/** When every seat that was released may go to somebody else. */
const MUCH_LATER_MS = 100 * 24 * 3600_000;

/** A busy machine is no fault of storage's: nobody here waits for an answer. */
const patient = { signal: () => AbortSignal.timeout(120_000), onRequest: () => {} };

/** All that is left when the work is done. */
export interface WorkDone {
  readonly told: readonly Told[];
  readonly ports: Ports;
  /** What a check found: while the work went on, when it was over, and once the due work was done too. */
  readonly found: readonly Finding[];
  readonly close: () => Promise<void>;
}

/** Admins of one company press in several processes, in an order that the seed gives, all at once. */
export async function doMixedWork(seed: number, operations: number): Promise<WorkDone> {
  const tenantId = randomUUID();
  const connectionString = process.env.TEST_STORAGE ?? '';
  const { keyEncryption } = readConfig({ BOT_MODE: 'local', KEY_ENCRYPTION_KEYS: ENCRYPTION_KEYS });
  const cipher = keyCiphers(keyEncryption)(tenantId);
  const open = () => new Tables({ connectionString }, patient, ledgerDomain);
  const tables = open();
  await tables.create();
  const processes = Array.from({ length: PROCESSES }, () => realPorts(open().ledger(tenantId), cipher));
  const ports = realPorts(tables.ledger(tenantId), cipher);
  await importCompany(ports, fewSeats, false);

  const check = (now = new Date()) => checkLedger(tables, tenantId, now);
  const presses = new MixedPresses(processes, dice(seed));
  const checks: Promise<Finding[]>[] = [];
  const left = Array.from({ length: operations }, (_, n) => n).values();
  const workOn = async () => {
    for (const n of left) {
      await presses.makesOne();
      if (n % CHECKED_EVERY === 0) checks.push(check());
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, workOn));
  checks.push(check());
  const found = (await Promise.all(checks)).flat();
  const later = new Date(Date.now() + MUCH_LATER_MS);
  await doAllDueWork(processes.map((each) => ({ ...each, now: () => later })));
  return {
    told: presses.told,
    ports,
    found: [...found, ...(await check(later))],
    close: async () => void (await unloadCompany(tenantId)),
  };
}

/** By two at the same time; but for the cards, which nobody sees here. */
async function doAllDueWork(processes: readonly Ports[]): Promise<void> {
  const [one, other] = processes;
  if (!one || !other) throw new Error('there are two processes');
  for (;;) {
    const due = (await one.ledger.dueWork(10_000)).filter(({ kind }) => kind !== 'hideKeys');
    if (due.length === 0) return;
    for (const work of due) await Promise.all([doDueWork(one, work), doDueWork(other, work)]);
  }
}
