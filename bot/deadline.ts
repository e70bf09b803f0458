import { setMaxListeners } from 'node:events';

/** A running deadline. `clear` must be called once the work is over, so that no timer is left behind. */
export interface Deadline {
  readonly signal: AbortSignal;
  clear(): void;
}

/**
 * A signal that aborts with a `TimeoutError` after so many milliseconds, or with the parent's reason when the
 * parent aborts. Its timer does not keep the process alive.
 *
 * (Not `AbortSignal.any([AbortSignal.timeout(…)])`: some versions of Node 20 and 22 collect that timer as garbage.)
 */
export function startDeadline(milliseconds: number, parent?: AbortSignal): Deadline {
  const controller = new AbortController();
  // Every call that it ends listens to it: more than ten at once are no leak.
  setMaxListeners(0, controller.signal);
  const abortWithParent = () => controller.abort(parent?.reason);
  const timer = setTimeout(
    () => controller.abort(new DOMException(`No result within ${milliseconds} ms`, 'TimeoutError')),
    milliseconds,
  );
  timer.unref();
  if (parent?.aborted) abortWithParent();
  parent?.addEventListener('abort', abortWithParent);
  return {
    signal: controller.signal,
    clear() {
      clearTimeout(timer);
      parent?.removeEventListener('abort', abortWithParent);
    },
  };
}

/** The work's result, or the signal's reason as soon as it aborts: for work that can't be told to stop. */
export async function beforeAbort<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  let giveUp = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    giveUp = () => reject(signal.reason);
  });
  signal.addEventListener('abort', giveUp);
  if (signal.aborted) giveUp();
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

/** Gives the work a deadline in milliseconds (and its parent's, if that is sooner), and cleans up after it. */
export async function withDeadline<T>(
  milliseconds: number,
  parent: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = startDeadline(milliseconds, parent);
  try {
    return await beforeAbort(deadline.signal, work(deadline.signal));
  } finally {
    deadline.clear();
  }
}
