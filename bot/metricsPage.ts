import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Telemetry } from './telemetry';

/** Gives the text of `GET /metrics`, or undefined to who may not read it. */
export type MetricsPage = (request: IncomingMessage) => Promise<string | undefined>;

/** @param token what readers must bring as a bearer token; without it, whoever reaches the bot may read */
export function metricsPage(telemetry: Pick<Telemetry, 'metrics'>, token?: string): MetricsPage {
  const wanted = token === undefined ? undefined : digest(`Bearer ${token}`);
  return async ({ headers }) => {
    const isReader = !wanted || timingSafeEqual(digest(headers.authorization ?? ''), wanted);
    return isReader ? telemetry.metrics() : undefined;
  };
}

/** Of one length, whatever was brought: only so can two be compared in constant time. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
