/** Time, handed in: a test has its own. */
export interface Clock {
  /** Milliseconds since 1970. Can be set, and jump. */
  now(): number;
  /** Milliseconds since whenever: only ever runs on. */
  monotonic(): number;
  /** Resolves after a time, or as soon as the signal aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const realClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const timer = setTimeout(done, milliseconds);
      function done(): void {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      }
      signal?.addEventListener('abort', done);
    }),
};
