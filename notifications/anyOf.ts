/** Aborts with any of the signals, or by itself. `done`, once nobody needs it: the signals may live for long. */
export function anyOf(...signals: readonly AbortSignal[]) {
  const controller = new AbortController();
  const abort = () => controller.abort();
  for (const signal of signals) {
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort);
  }
  const done = () => signals.forEach((signal) => signal.removeEventListener('abort', abort));
  return { signal: controller.signal, abort, done };
}
