import type { Finding } from './findings';
import type { LedgerContents } from './ledgerContents';
import { isClosed } from './serviceRequest';

/**
 * docs/rules.md, rule 14: of a benefit that is counted in hours, `used` is what its requests took and did not give
 * back. What is used of incidents and USD is said by the company file, and nothing here can know better.
 */
export function requestFindings({ benefit, serviceRequest }: LedgerContents): Finding[] {
  const used = new Map<string, number>();
  for (const { benefitId, hours, spent = hours } of serviceRequest) {
    used.set(benefitId, (used.get(benefitId) ?? 0) + spent);
  }
  const miscounted = benefit.filter(
    ({ id, unit, used: counted = 0 }) => unit === 'hours' && counted !== (used.get(id) ?? 0),
  );
  const odd = serviceRequest.filter((request) => {
    const { hours, spent } = request;
    return isClosed(request) ? !(spent !== undefined && spent >= 0 && spent <= hours) : spent !== undefined;
  });
  return [
    ...miscounted.map(({ id, row, used: counted = 0 }): Finding => ({
      code: 'used',
      row,
      says: `counts ${counted} hours used, its requests ${used.get(id) ?? 0}`,
    })),
    ...odd.map(({ row, state, hours, spent }): Finding => ({
      code: 'request',
      row,
      says: `is ${state}, and of its ${hours} hours ${spent ?? 'an unknown number'} are spent`,
    })),
  ];
}
