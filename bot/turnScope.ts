import { AsyncLocalStorage } from 'node:async_hooks';
import { startDeadline } from './deadline';

/** What a call outside any scope may take, in milliseconds: as long as a whole turn. */
const OUTSIDE_MS = 8_000;

interface Scope {
  readonly signal: AbortSignal;
  requests: number;
  over: boolean;
}

const scopes = new AsyncLocalStorage<Scope | undefined>();

/**
 * Runs the work with one time limit, in milliseconds, that every outside call in it shares (`turnScope.signal()`).
 * The work itself is not cut off: it is its outside calls that end, and it fails or says so to the person.
 */
export async function runInScope<T>(milliseconds: number, work: () => Promise<T>): Promise<T> {
  const deadline = startDeadline(milliseconds);
  const scope: Scope = { signal: deadline.signal, requests: 0, over: false };
  try {
    return await scopes.run(scope, work);
  } finally {
    scope.over = true;
    deadline.clear();
  }
}

/** Begins work that outlives the scope it is begun in: each outside call in it has a limit of its own. */
export const runOutside = <T>(work: () => Promise<T>): Promise<T> => scopes.run(undefined, work);

/** What is left running when a scope's work has ended is outside: its timer is gone, it would never abort. */
function current(): Scope | undefined {
  const scope = scopes.getStore();
  return scope?.over ? undefined : scope;
}

/** The scope of the turn (or other piece of work) that the caller runs in. */
export const turnScope = {
  /** Aborts when the time is used up. Outside any scope: a new limit of 8 s for each call. */
  signal(): AbortSignal {
    return current()?.signal ?? AbortSignal.timeout(OUTSIDE_MS);
  },
  /** Counts one outside request; does nothing outside a scope. */
  onRequest(): void {
    const scope = current();
    if (scope) scope.requests += 1;
  },
  /** How many outside requests the scope has made so far; 0 outside a scope. */
  requests(): number {
    return current()?.requests ?? 0;
  },
};
