import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import type { Fate, StorageCall, StorageProxy } from './storageProxy';

/** How long nothing more must come in before a round is taken as complete, in milliseconds. */
const QUIET_MS = 30;

export interface Counted {
  /** How many times storage had to be waited for. */
  readonly rounds: number;
  readonly requests: number;
  /** What was asked, round by round. */
  readonly asked: readonly (readonly string[])[];
}

/**
 * Counts the round trips to storage that are made one after another: holds what is asked until nobody asks for more,
 * then lets all of it through as one round. How fast the machine is makes no difference.
 */
export class Rounds {
  private asked: string[][] = [];
  private waiting: (() => void)[] = [];

  constructor(proxy: StorageProxy) {
    proxy.before = (call) => this.held(call);
  }

  /** @returns what was asked of storage while it ran */
  async of(work: () => Promise<unknown>): Promise<Counted> {
    await this.quiet(); // what a turn before left for after its answer is not counted
    this.asked = [];
    await work();
    const asked = this.asked;
    return {
      rounds: asked.length,
      requests: asked.flat().length,
      asked: asked.map((round) => [...round].sort()),
    };
  }

  private async held(call: StorageCall): Promise<Fate> {
    const isFirst = this.waiting.length === 0;
    if (isFirst) this.asked.push([]);
    this.asked.at(-1)?.push(nameOf(call));
    const isOpen = new Promise<void>((resolve) => this.waiting.push(resolve));
    if (isFirst) void this.openWhenQuiet();
    await isOpen;
    return 'passes';
  }

  private async openWhenQuiet(): Promise<void> {
    await this.quiet();
    const { waiting } = this;
    this.waiting = [];
    for (const open of waiting) open();
  }

  /** Resolves when nothing more comes in. */
  private async quiet(): Promise<void> {
    let count: number;
    do {
      count = this.waiting.length;
      await wait(QUIET_MS);
      // What came in while this process was held up is looked at first.
      for (let turns = 0; turns < 5; turns++) await nextTurn();
    } while (this.waiting.length !== count);
  }
}

/** Such as `GET Ledger b!power-bi-pro`. */
function nameOf({ method, path, table, isTransaction }: StorageCall): string {
  if (isTransaction) return `transaction ${table}`;
  const rowKey = /RowKey='([^']*)'/.exec(path)?.[1] ?? /RowKey ge '([^']*)'/.exec(path)?.[1] ?? '';
  return `${method} ${table} ${table === 'Ledger' ? rowKey : ''}`.trim();
}
