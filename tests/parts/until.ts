import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 25;

/** Waits for what other processes do. @throws when it isn't so within `withinMs` */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  withinMs = 45_000,
): Promise<void> {
  const late = Date.now() + withinMs;
  while (!(await isSo())) {
    if (Date.now() > late) throw new Error(`${what}: not within ${withinMs / 1000} s`);
    await sleep(LOOK_EVERY_MS);
  }
}
