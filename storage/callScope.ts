/** What bounds and counts the calls of one turn: handed in by who runs it. */
export interface CallScope {
  /** Aborted when the turn's time is up; every request takes it. */
  signal(): AbortSignal;
  /** Told of each request, for the log line of the turn. */
  onRequest(): void;
}
