import type { Notice } from '../benefits/work';
import { dropNotice, type Outbox, outboxOf, retryNotices } from '../benefits/outbox';
import { openTenant, OperatorError } from './operator';
import { printResult } from './output';

export interface OutboxOptions {
  readonly tenant: string;
  readonly 'dry-run': boolean;
  readonly json: boolean;
}

/** `outbox`: what waits, what was given up, what was sent in the last day. */
export async function listOutbox({ tenant, json }: OutboxOptions): Promise<void> {
  const { ports } = await openTenant(tenant);
  const { newer, ...rest } = await outboxOf(ports.ledger);
  const { waiting, parked, sent } = rest;
  printResult(
    json,
    {
      waiting: waiting.map(withoutETag),
      parked: parked.map(withoutETag),
      sent: sent.map(withoutETag),
      newer,
    },
    () => inWords({ ...rest, newer }),
  );
}

/** `outbox --retry`: tries again now. @param options.retry a notice's id, or `all` for all that are parked */
export async function retry({
  tenant,
  json,
  retry: id,
  ...how
}: OutboxOptions & { readonly retry: string }): Promise<void> {
  const { ports, announce } = await openTenant(tenant);
  const write = !how['dry-run'];
  const retried = await retryNotices(ports, id === 'all' ? undefined : [id], write);
  if (retried === 0 && id !== 'all') {
    throw new OperatorError(`there is no notice ${id} that could be tried again`);
  }
  if (write) await announce();
  printResult(json, { retried }, () => `${retried} ${write ? 'to' : 'would'} be tried again now`);
}

/** `outbox --drop`: gives a notice up for good. */
export async function drop({
  tenant,
  json,
  drop: id,
  ...how
}: OutboxOptions & { readonly drop: string }): Promise<void> {
  const { ports } = await openTenant(tenant);
  const write = !how['dry-run'];
  if (!(await dropNotice(ports, id, write))) {
    throw new OperatorError(`there is no notice ${id} that could be dropped`);
  }
  printResult(json, { dropped: id }, () => `${id} ${write ? 'is' : 'would be'} dropped`);
}

const withoutETag = ({ etag: _, ...notice }: Outbox['sent'][number]): Notice => notice;

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
