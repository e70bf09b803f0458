/** Teams did not take what we sent, or did not answer. */
export class ConnectorError extends Error {
  override readonly name = 'ConnectorError';
  /** The HTTP status; none when there was no answer. */
  readonly statusCode?: number;
  /** Teams' own code, as `BotNotInConversationRoster`; without an answer `Timeout` or `NoAnswer`. */
  readonly code?: string;
  /** How long Teams asks to wait before the next try, in milliseconds. */
  readonly retryAfterMs?: number;

  constructor(
    message: string,
    facts: { statusCode?: number; code?: string; retryAfterMs?: number },
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.statusCode = facts.statusCode;
    this.code = facts.code;
    this.retryAfterMs = facts.retryAfterMs;
  }
}
