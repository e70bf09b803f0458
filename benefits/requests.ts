import { mayRequest } from './access';
import { dayIn } from './days';
import { BenefitError } from './errors';
import type { Assignment, Benefit, Company, Day, LocalText, Stored, User, UserSummary } from './model';
import { teamsNotice } from './notices';
import { type Decision, once, type Press, timePart } from './operations';
import type { Change, Ports } from './ports';
import { summary } from './records';
import { hoursLeft, readForm, type RequestForm } from './requestForm';
import { isEnded } from './seats';
import { referenceOf, requestFacts, type ServiceRequest } from './serviceRequest';

export interface RequestOrder {
  readonly benefitId: string;
  readonly form: RequestForm;
}

export interface Requested {
  readonly id: string;
  readonly title: string;
  readonly hours: number;
  /** Of the benefit, after this request; undefined when it isn't counted in hours. */
  readonly left?: number;
  readonly benefit: { readonly id: string; readonly name: LocalText };
}

/** So many admins are told of a request; the others find it in the list. */
const TOLD = 5;

/**
 * Sends a request for advisory hours or presales assistance: the hours, the request, its audit and its messages in
 * one transaction (docs/rules.md, rules 14 and 15).
 *
 * @throws BenefitError when a rule says no, or as `once` does
 */
export function requestHours(ports: Ports, press: Press, order: RequestOrder): Promise<Requested> {
  const { ledger } = ports;
  const read = async () => {
    const [company, user, benefit, assignment, told] = await Promise.all([
      ledger.company(),
      ledger.user(press.by),
      ledger.benefit(order.benefitId),
      ledger.assignment(order.benefitId, press.by),
      whomToTell(ports, press.by),
    ]);
    return { company, user, benefit, assignment, told };
  };
  return once(ports, 'requestHours', press, read, (facts) => decide(ports, press, order, facts));
}

interface RequestFacts {
  readonly company: Company | undefined;
  readonly user: User | undefined;
  readonly benefit: Stored<Benefit> | undefined;
  readonly assignment: Assignment | undefined;
  readonly told: readonly UserSummary[];
}

function decide(ports: Ports, press: Press, order: RequestOrder, facts: RequestFacts): Decision<Requested> {
  const { company, user, benefit, assignment, told } = facts;
  if (!company) throw new BenefitError('companyNotLoaded');
  if (!benefit || !user) throw new BenefitError('benefitUnknown', { benefit: order.benefitId });
  const refusal = whyNoRequest(benefit, user, assignment !== undefined, dayIn(company.timeZone, ports.now()));
  if (refusal) throw refusal;
  const request: ServiceRequest = {
    id: `${timePart(ports.now())}-${ports.random(2)}`,
    benefitId: benefit.id,
    requestedBy: summary(user),
    at: ports.now().toISOString(),
    state: 'open',
    ...readForm(order.form, benefit),
  };
  const { id, title, hours } = request;
  const after: Benefit = hours > 0 ? { ...benefit, used: (benefit.used ?? 0) + hours } : benefit;
  return {
    changes: [
      { of: 'benefit', before: benefit, after },
      { of: 'serviceRequest', after: request },
      requestAudit('requestHours', request, press, request.at),
      ...told.map((admin) =>
        teamsNotice(ports, admin.id, 'requestMade', {
          ...requestFacts(request, benefit),
          by: user.displayName,
        }),
      ),
    ],
    outcome: {
      id,
      title,
      hours,
      left: hoursLeft(after),
      benefit: { id: benefit.id, name: benefit.name },
    },
  };
}

/** Why this person can send no request on this benefit today; undefined when they can. */
export function whyNoRequest(
  benefit: Benefit,
  user: User,
  holds: boolean,
  today: Day,
): BenefitError | undefined {
  const facts = { benefit: benefit.name };
  if (!mayRequest(user, benefit, holds)) return new BenefitError('mayNotRequest', facts);
  if (benefit.endsOn !== undefined && isEnded(benefit, today)) {
    return new BenefitError('noRequestAfterEnd', { ...facts, endsOn: { date: benefit.endsOn } });
  }
  return hoursLeft(benefit) === 0 ? new BenefitError('noHoursLeft', facts) : undefined;
}

/** Benefits admins, who answer; where there is none at all, account admins, who can make one. */
export async function whomToTell({ ledger }: Ports, by: string): Promise<UserSummary[]> {
  const admins = await ledger.usersWithRole('benefitsAdmin', TOLD + 1);
  const told = admins.length > 0 ? admins : await ledger.usersWithRole('accountAdmin', TOLD + 1);
  return told.filter(({ id }) => id !== by).slice(0, TOLD);
}

/** The audit record of something that happened to a request: it stands in the history of who sent it. */
export function requestAudit(action: string, request: ServiceRequest, press: Press, at: string): Change {
  const { id, benefitId, requestedBy, hours, spent } = request;
  const details = { reference: referenceOf(id), hours, ...(spent !== undefined && { spent }) };
  return {
    of: 'audit',
    after: {
      operationId: press.operationId,
      action,
      at,
      by: press.by,
      benefitId,
      userId: requestedBy.id,
      details,
    },
  };
}
