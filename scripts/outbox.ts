import type { Notice } from '../benefits/work';
import { dropNotice, type Outbox, outboxOf, retryNotices } from '../benefits/outbox';
import { openTenant, print, UsageError } from './operator';

export interface OutboxOptions {
  readonly json?: boolean;
  /** A notice's id, or `all` for all that are parked. */
  readonly retry?: string;
  readonly drop?: string;
}

/** `outbox`: what waits, what was given up, what was sent in the last day; and what to do about it. */
export async function outbox(tenantId: string, { json = false, retry, drop }: OutboxOptions): Promise<void> {
  const { ports, announce } = await openTenant(tenantId);
  if (retry !== undefined) {
    const count = await retryNotices(ports, retry === 'all' ? undefined : [retry]);
    if (count === 0 && retry !== 'all')
      throw new UsageError(`there is no notice ${retry} that could be tried again`);
    await announce();
    return print(`${count} to be tried again now`);
  }
  if (drop !== undefined) {
    if (!(await dropNotice(ports, drop)))
      throw new UsageError(`there is no notice ${drop} that could be dropped`);
    return print(`${drop} is dropped`);
  }
  const found = await outboxOf(ports.ledger);
  print(json ? JSON.stringify(found, withoutETag, 2) : inWords(found));
}

const withoutETag = (name: string, value: unknown): unknown => (name === 'etag' ? undefined : value);

function inWords({ waiting, parked, sent, newer }: Outbox): string {
  return [
    `waiting: ${waiting.length}`,
    ...waiting.map(
      (notice) => `  ${line(notice)}${notice.notBefore ? `, next try ${notice.notBefore}` : ''}`,
    ),
    `parked: ${parked.length}`,
    ...parked.map((notice) => `  ${line(notice)}`),
    `sent in the last day: ${sent.length}`,
    ...(newer.length > 0 ? [`waiting for a newer version of this program: ${newer.length}`] : []),
    ...newer.map(({ row, version }) => `  ${row} (version ${version})`),
  ].join('\n');
}

function line({ id, key, channel, userId, createdAt, tries, lastError }: Notice): string {
  const tried = tries > 0 ? `, tried ${tries} times (${lastError ?? 'no error'})` : '';
  return `${id}  ${key} by ${channel} for ${userId}, since ${createdAt}${tried}`;
}
