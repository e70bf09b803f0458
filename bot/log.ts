import pino, { type DestinationStream, type Logger } from 'pino';

/**
 * The bot's log: JSON lines. What people type, addresses and keys are never logged, nor what a request to storage
 * carried.
 * @param destination stdout if it isn't given
 */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describe },
  };
  return destination ? pino(options, destination) : pino(options);
}

interface Described {
  readonly type: string;
  readonly message: string;
  readonly stack?: string;
  readonly code?: unknown;
  readonly statusCode?: unknown;
  readonly cause?: unknown;
}

/** What an operator needs of an error, and not its other properties: a client's errors hold requests with their headers. */
function describe(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const { name, message, stack, cause } = error;
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  const described: Described = { type: name, message, stack, code, statusCode };
  return cause === undefined ? described : { ...described, cause: describe(cause) };
}
