import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { type Loopback, listening } from '../bot/loopback';

/** What a process that shall trust these servers is given as NODE_EXTRA_CA_CERTS. */
export const CERTIFICATE = join(__dirname, 'loopback.pem');

/** A real HTTPS server on this machine, at any free port. */
export function onSecureLoopback(listener: RequestListener): Promise<Loopback> {
  const pem = readFileSync(CERTIFICATE);
  return listening(createServer({ cert: pem, key: pem }, listener), 'https');
}
