import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import { z } from 'zod';
import { activate, type ActivationOrder } from '../benefits/activation';
import { BenefitError } from '../benefits/errors';
import { derivedOperationId, type Press } from '../benefits/operations';
import type { Ports } from '../benefits/ports';
import { isEmail, normalEmail } from '../benefits/words';
import { BodyError, parseJson, readRawBody } from './requestBody';
import { runInScope } from './turnScope';

/** What the work may take once the request is in, in milliseconds. */
const WORK_MS = 8_000;
/** How far the sender's clock and ours may be apart, in seconds; a signature is of no use after that. */
const TOLERANCE_S = 5 * 60;
const SIGNATURE = /^t=(\d{1,12}),v1=([0-9a-fA-F]{64})$/;
const ID = /^[a-z0-9-]{1,64}$/;
const NOTE_LENGTH = 1_000;

/** Takes one request and says how it is answered; it never rejects. */
export type ActivationWebhook = (request: IncomingMessage) => Promise<{
  readonly status: number;
  readonly body?: object;
}>;

export interface ActivationWebhookParts {
  /** What requests are signed with. */
  readonly secret: string;
  /** Is this one of the tenants that may use the bot? */
  readonly serves: (tenantId: string) => boolean;
  /** What use cases are handed, for one company. */
  readonly portsOf: (tenantId: string) => Ports;
  /** The clock that signatures are held against, in milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Logger;
}

/** An event that is not taken. The reason is for the log only. */
class EventError extends Error {
  override readonly name = 'EventError';

  constructor(
    readonly status: 400 | 401 | 404 | 409 | 503,
    readonly reason: string,
  ) {
    super(reason);
  }
}

/**
 * `POST /api/activations`: a fulfilment system, known by its signature, says that a benefit is active (docs/rules.md,
 * rule 13). The same event may be told again and is taken once.
 *
 * 200 it is active · 400 not an event · 401 not signed, or not now · 404 nobody here is assigned that · 409 it isn't
 * being activated, or the event is over 30 days old · 413, 415 as any body · 503 tell it again later. Only the log
 * says more.
 */
export function activationWebhook(parts: ActivationWebhookParts): ActivationWebhook {
  return async (request) => {
    const started = performance.now();
    const { status, level, ...about } = await endOf(() => take(parts, request));
    parts.log[level]({ status, ...about, ms: Math.round(performance.now() - started) }, 'activation');
    return { status, ...(status === 200 && { body: { status: 'active' } }) };
  };
}

/** How a request ended, for its answer and its one line in the log: never what it said, nor an address. */
interface End {
  readonly status: number;
  readonly level: 'info' | 'warn' | 'error';
  readonly outcome: string;
  readonly err?: unknown;
}

async function endOf(work: () => Promise<void>): Promise<End> {
  try {
    await work();
    return { status: 200, level: 'info', outcome: 'ok' };
  } catch (error) {
    if (error instanceof BodyError || error instanceof EventError)
      return { status: error.status, level: 'warn', outcome: `refused: ${error.reason}` };
    // Whatever it is, the event isn't lost: it is told again.
    return { status: 503, level: 'error', outcome: 'fault', err: error };
  }
}

async function take(
  { secret, now, serves, portsOf }: ActivationWebhookParts,
  request: IncomingMessage,
): Promise<void> {
  const bytes = await readRawBody(request);
  mustBeSigned(bytes, request.headers['x-signature'], secret, now());
  const event = readEvent(bytes);
  if (!serves(event.tenantId)) throw new EventError(404, 'tenant is not on the list');
  await runInScope(WORK_MS, () => confirm(portsOf(event.tenantId), event));
}

/** Over the bytes as they came: what was parsed and written again need not be what was signed. */
function mustBeSigned(bytes: Buffer, header: unknown, secret: string, now: number): void {
  const [, time, hex] = (typeof header === 'string' && SIGNATURE.exec(header)) || [];
  if (time === undefined || hex === undefined) throw new EventError(401, 'no signature');
  if (Math.abs(now / 1000 - Number(time)) > TOLERANCE_S) throw new EventError(401, 'signature not of now');
  const digest = createHmac('sha256', secret).update(`${time}.`).update(bytes).digest();
  if (!timingSafeEqual(digest, Buffer.from(hex, 'hex'))) throw new EventError(401, 'signature wrong');
}

const eventSchema = z.strictObject({
  tenantId: z.string().toLowerCase().regex(ID),
  benefitId: z.string().regex(ID),
  userEmail: z.string().refine(isEmail).transform(normalEmail),
  status: z.literal('active'),
  instructions: z.string().trim().max(NOTE_LENGTH).optional(),
  occurredAt: z.iso.datetime({ offset: true }).pipe(z.coerce.date()),
});

type ActivationEvent = z.infer<typeof eventSchema>;

function readEvent(bytes: Buffer): ActivationEvent {
  const { data, error } = eventSchema.safeParse(parseJson(bytes));
  if (data) return data;
  const wrong = error.issues.map(({ path, code }) => `${path.join('.') || 'body'} ${code}`);
  throw new EventError(400, wrong.join(', '));
}

async function confirm(ports: Ports, event: ActivationEvent): Promise<void> {
  const userId = await ports.ledger.userIdOfEmail(event.userEmail);
  if (userId === undefined) throw new EventError(404, 'user unknown');
  const order = { benefitId: event.benefitId, userId, occurredAt: event.occurredAt };
  try {
    await activate(ports, pressOf(event), { ...order, note: event.instructions }, 'system');
  } catch (error) {
    if (!(error instanceof BenefitError)) throw error;
    throw await eventError(ports, order, error);
  }
}

/** The event as a press: told again, it has the same id. */
function pressOf({ tenantId, benefitId, userEmail, occurredAt }: ActivationEvent): Press {
  const event = [tenantId, benefitId, userEmail, occurredAt.toISOString()].join('|');
  const digest = createHash('sha256').update(event).digest('hex');
  return { operationId: derivedOperationId(occurredAt, digest), by: 'webhook' };
}

/** What isn't there is 404, whichever it is; what is there and can't be activated is 409. */
async function eventError(
  { ledger }: Ports,
  { benefitId, userId }: ActivationOrder,
  { code }: BenefitError,
): Promise<EventError> {
  if (code === 'tooBusy') return new EventError(503, code);
  const meant = await Promise.all([
    ledger.company(),
    ledger.benefit(benefitId),
    ledger.user(userId),
    ledger.assignment(benefitId, userId),
  ]);
  const isThere = meant.every((each) => each !== undefined);
  return isThere ? new EventError(409, code) : new EventError(404, 'not assigned');
}
