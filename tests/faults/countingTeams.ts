import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { busiest } from '../notifications/busiest';

export interface Arrived {
  readonly chat: string;
  readonly what: string;
  /** Milliseconds, by the connector's own clock. */
  readonly at: number;
  /** It was answered 429. */
  readonly isRefused: boolean;
}

export type CountingTeams = Awaited<ReturnType<typeof startCountingTeams>>;

/** Starts connector.mjs. */
export async function startCountingTeams() {
  const child = spawn(process.execPath, [join(__dirname, 'connector.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [url] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return {
    url,
    /** Since it was last asked. */
    arrived: async () => (await (await fetch(`${url}/arrived`)).json()) as Arrived[],
    /** It says “too many” to the next message. */
    refusesNext: async (seconds: number) =>
      void (await fetch(`${url}/refuse/${seconds}`, { method: 'POST' })),
    async close() {
      const exit = once(child, 'exit');
      child.stdin.end();
      await exit;
    },
  };
}

/** What Teams' limits are about. */
export function figuresOf(arrived: readonly Arrived[]) {
  const notices = new Set(arrived.map(({ what }) => what)).size;
  const times = (some: readonly Arrived[]) => some.map(({ at }) => at).sort((one, other) => one - other);
  const all = times(arrived);
  const byChat = new Map<string, Arrived[]>();
  for (const each of arrived) byChat.set(each.chat, [...(byChat.get(each.chat) ?? []), each]);
  const chats = [...byChat.values()].map(times);
  const busiestChat = (ms: number) => Math.max(...chats.map((chat) => busiest(chat, ms)));
  const seconds = ((all.at(-1) ?? 0) - (all[0] ?? 0)) / 1_000;
  return {
    notices,
    'most in a sliding second': busiest(all, 1_000),
    'average a second': Math.round(((all.length - 1) / seconds) * 100) / 100,
    repeats: arrived.length - notices,
    'most to a chat in 1 s': busiestChat(1_000),
    'most to a chat in 2 s': busiestChat(2_000),
    'most to a chat in 30 s': busiestChat(30_000),
  };
}

export function expectWithinLimits(found: ReturnType<typeof figuresOf>): void {
  expect(found['most in a sliding second']).toBeLessThanOrEqual(30);
  expect(found['most to a chat in 1 s']).toBeLessThanOrEqual(7);
  expect(found['most to a chat in 2 s']).toBeLessThanOrEqual(8);
  expect(found['most to a chat in 30 s']).toBeLessThanOrEqual(60);
}
