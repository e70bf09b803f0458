import { readdirSync, readFileSync } from 'node:fs';
import type { BotProcess } from '../parts/fleet';

/** How a process was at a moment. */
export interface Vitals {
  /** Since the work began. */
  readonly seconds: number;
  /** Of the process, as the kernel counts it. */
  readonly residentMb: number;
  /** Open files and sockets. */
  readonly handles: number;
  /** Turns and notices until now. */
  readonly turns: number;
  readonly notices: number;
  /** What went wrong, as its log says it. */
  readonly faults: number;
}

const ERROR_LEVEL = 50;

/** Looks at one process from outside, by what Linux says of it (/proc) and by its log. */
export class Watch {
  readonly seen: Vitals[] = [];
  /** The lines of its log that tell of a fault. */
  readonly faults: string[] = [];
  private read = 0;
  private turns = 0;
  private notices = 0;

  constructor(
    readonly bot: BotProcess,
    private readonly from = performance.now(),
  ) {}

  look(): Vitals {
    this.readLog();
    const { pid } = this.bot.built;
    const [, kb] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    const vitals = {
      seconds: Math.round((performance.now() - this.from) / 1_000),
      residentMb: Math.round(Number(kb) / 1_024),
      handles: readdirSync(`/proc/${pid}/fd`).length,
      turns: this.turns,
      notices: this.notices,
      faults: this.faults.length,
    };
    this.seen.push(vitals);
    return vitals;
  }

  /** What has come since the last look, whole lines only. */
  readLog(): void {
    const { out } = this.bot.built.printed;
    const end = out.lastIndexOf('\n') + 1;
    for (const line of out.slice(this.read, end).split('\n')) {
      if (!line.startsWith('{')) continue;
      const { level, msg } = JSON.parse(line) as { level: number; msg: string };
      if (msg === 'turn') this.turns += 1;
      if (msg === 'notice') this.notices += 1;
      if (level >= ERROR_LEVEL) this.faults.push(line);
    }
    this.read = end;
  }

  /** The middle one of what was seen in a part of the time, from 0 to 1. */
  median(of: 'residentMb' | 'handles', from: number, to: number): number {
    const last = this.seen.at(-1)?.seconds ?? 0;
    const part = this.seen.filter(({ seconds }) => seconds >= from * last && seconds <= to * last);
    const sorted = part.map((vitals) => vitals[of]).sort((one, other) => one - other);
    return sorted[Math.floor(sorted.length / 2)] ?? NaN;
  }
}
