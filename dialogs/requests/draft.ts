/** Which request is looked at, and what was typed about it. */
export interface RequestsDraft {
  readonly requestId?: string;
  /** The answer, as typed. */
  readonly answer?: string;
  /** The hours spent, as typed. */
  readonly spent?: string;
  /** The last of the page before, when the list is paged. */
  readonly after?: string;
}

export function requestIn({ requestId }: RequestsDraft): string {
  if (requestId === undefined) throw new Error('no request was chosen before this step');
  return requestId;
}
