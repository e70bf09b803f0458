import { type Finding, finding } from './findings';
import type { LedgerContents } from './ledgerContents';
import { isClosed, type ServiceRequest } from './serviceRequest';

/**
 * docs/rules.md, rule 14: of a benefit that is counted in hours, `used` is what its requests took and did not give
 * back. What is used of incidents and USD is said by the company file, and nothing here can know better.
 */
export function requestFindings({ benefit, serviceRequest }: LedgerContents): Finding[] {
  const taken = new Map<string, number>();
  for (const { benefitId, hours, spent = hours } of serviceRequest) {
    taken.set(benefitId, (taken.get(benefitId) ?? 0) + spent);
  }
  return [
    ...benefit.flatMap((each) => {
      const [counted, hours] = [each.used ?? 0, taken.get(each.id) ?? 0];
      if (each.unit !== 'hours' || counted === hours) return [];
      return [finding('used', each, `counts ${counted} hours used, its requests ${hours}`)];
    }),
    ...serviceRequest
      .filter((request) => !isSettled(request))
      .map((each) => {
        const says = `is ${each.state}, and of its ${each.hours} hours ${each.spent ?? 'nobody knows how many'} are spent`;
        return finding('request', each, says);
      }),
  ];
}

/** What was spent is known of what is closed, and of nothing else. */
function isSettled(request: ServiceRequest): boolean {
  const { hours, spent } = request;
  if (!isClosed(request)) return spent === undefined;
  return spent !== undefined && spent >= 0 && spent <= hours;
}
