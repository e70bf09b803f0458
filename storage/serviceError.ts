import { RestError } from '@azure/data-tables';

/** The table service's own code for an error: a status alone doesn't tell an absent row from an absent table. */
export function serviceCode(error: unknown): string | undefined {
  if (!(error instanceof RestError)) return undefined;
  const details = error.details as { odataError?: { code?: string } } | undefined;
  return details?.odataError?.code ?? error.code;
}

export const isAbsent = (error: unknown): boolean => serviceCode(error) === 'ResourceNotFound';

/**
 * The row was created, changed or deleted by another since it was read; or the write was our own, its answer got
 * lost and the client library sent it again.
 */
export function isConflict(error: unknown): boolean {
  if (error instanceof RestError && error.statusCode === 412) return true;
  const code = serviceCode(error);
  return code === 'EntityAlreadyExists' || code === 'ResourceNotFound';
}
