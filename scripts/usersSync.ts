import { setTimeout as wait } from 'node:timers/promises';
import { type Directory, DirectoryError } from '../benefits/directory';
import { BenefitError } from '../benefits/errors';
import type { Person } from '../benefits/model';
import type { Ledger } from '../benefits/ports';
import { type SyncReport, syncUsers } from '../benefits/syncUsers';
import { openTenant } from './operator';
import { printResult, progress, tell } from './output';

export interface SyncOptions {
  readonly tenant: string;
  readonly 'dry-run': boolean;
  readonly json: boolean;
}

/** So often a request is tried. */
const TRIES = 5;
const PAUSE_MS = 2_000;
/** Who asks for more patience is not waited for. */
const LONGEST_PAUSE_MS = 5 * 60_000;

/** `users sync`: takes over from Entra ID what has changed since the last time, or everybody. */
export async function syncFromEntra({ tenant, json, ...how }: SyncOptions): Promise<void> {
  const write = !how['dry-run'];
  const { ports, directory, announce } = await openTenant(tenant);
  const { ledger } = ports;
  if (!(await ledger.company())) throw new BenefitError('companyNotLoaded');
  const report = await syncUsers(ports, patient(directory()), write, progress('people', 1_000));
  if (write) await announce();
  const left = await allWhoLeft(ledger, report.left);
  printResult(json, shown(report, left), () => inWords(report, left, write));
}

/** Waits as long as Graph asks, and tries again what got no answer. */
function patient(directory: Directory): Directory {
  return {
    changes: (link) => inTries(() => directory.changes(link)),
    user: (objectId) => inTries(() => directory.user(objectId)),
  };
}

async function inTries<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof DirectoryError) || error.reason !== 'busy' || tries === TRIES) throw error;
      const pause = error.retryAfterMs ?? PAUSE_MS * 2 ** (tries - 1);
      if (pause > LONGEST_PAUSE_MS) throw error;
      tell(`${error.message}: again in ${Math.ceil(pause / 1_000)} s …`);
      await wait(pause);
    }
  }
}

/** Those who were found now, and those who were before and are active still. */
async function allWhoLeft(ledger: Ledger, now: readonly Person[]): Promise<Person[]> {
  const left = new Map(now.map((person) => [person.user.id, person]));
  for await (const page of ledger.people()) {
    for (const person of page) {
      if (person.user.active && person.user.leftEntra) left.set(person.user.id, person);
    }
  }
  return [...left.values()];
}

const holdsOf = ({ assignments }: Person): string[] => assignments.map(({ benefitId }) => benefitId);

const shown = ({ counts, refused }: SyncReport, left: readonly Person[]) => ({
  ...counts,
  refused,
  left: left.map((person) => {
    const { id, email, displayName, leftEntra: state, roles } = person.user;
    return { id, email, displayName, state, roles, holds: holdsOf(person) };
  }),
});

const REFUSALS = {
  emailTaken: 'their new address is already the address of another user',
  signInTaken: 'their address is already the address of a user with another sign-in',
};

function inWords({ counts, refused }: SyncReport, left: readonly Person[], write: boolean): string {
  const { entered, linked, changed, unchanged, skipped } = counts;
  return [
    `${write ? 'From Entra ID' : 'From Entra ID would be'}: ${entered} entered, ${linked} linked, ${changed} changed; ${unchanged} unchanged, ${skipped} not for us`,
    ...refused.map(({ objectId, code }) => `${objectId}  not taken over: ${REFUSALS[code]}`),
    ...left.map((person) => {
      const { id, email, displayName, leftEntra, roles } = person.user;
      const holds = holdsOf(person).join(', ') || 'nothing';
      return [
        `${id}  ${displayName} <${email}>`,
        `${leftEntra} in Entra ID`,
        ...roles,
        `holds ${holds}`,
      ].join('  ');
    }),
    `left, and still active: ${left.length}`,
  ].join('\n');
}
