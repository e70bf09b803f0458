import { createHmac } from 'node:crypto';
import { WEBHOOK_SECRET } from './secrets';

export const hmac = (text: string, secret = WEBHOOK_SECRET) =>
  createHmac('sha256', secret).update(text).digest('hex');

/** The header with which a fulfilment system signs a body at this time, in seconds since 1970. */
export const signature = (body: string, seconds: number, secret?: string) =>
  `t=${seconds},v1=${hmac(`${seconds}.${body}`, secret)}`;
