import type { RefusalCode } from '../benefits/errors';
import type { NoticeEnd } from '../notifications/deliver';
import type { Worker } from '../notifications/worker';

/** How a turn ended: what is logged, counted and traced of it. Never who it was, what was typed, an address or a key. */
export interface TurnEnd {
  /** One of those that the code knows: it becomes a label, and of these there must be few. */
  readonly route: string;
  readonly outcome: 'ok' | 'refused' | 'fault' | 'ignored';
  readonly refused?: RefusalCode;
  readonly ms: number;
  readonly storageCalls: number;
}

/** Why a request was answered with an error: no turn is run for it, or none came to its end. */
export type RequestRefusal = 'body' | 'token' | 'forbidden' | 'stopping' | 'noSigningKeys' | 'fault';

/** Counts and traces what it is told. There is one only where the settings ask for it. */
export interface Telemetry {
  turn(end: TurnEnd): void;
  refused(reason: RequestRefusal): void;
  /** A request of a fulfilment system, and the status that answered it. */
  activation(status: number): void;
  notice(end: NoticeEnd): void;
  /** Whom to ask, whenever figures are wanted, how the worker is doing. */
  observe(state: () => Worker['state']): void;
  /** All figures, in Prometheus' text format. */
  metrics(): Promise<string>;
  /** Sends what there is still to send, in a short time or not at all. */
  stop(): Promise<void>;
}
