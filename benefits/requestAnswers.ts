import { mayAnswer, isAnyAdmin } from './access';
import { BenefitError } from './errors';
import type { Benefit, Stored, User, UserSummary } from './model';
import type { NoticeKey } from './work';
import { teamsNotice } from './notices';
import { type Decision, once, type Press } from './operations';
import type { Change, Ledger, Ports } from './ports';
import { summary } from './records';
import { wholeNumber } from './requestForm';
import { requestAudit, whomToTell } from './requests';
import { isClosed, requestFacts, type ServiceRequest } from './serviceRequest';

export const ANSWER_LENGTH = 2_000;

/** What became of a request. */
export interface RequestOutcome {
  readonly id: string;
  readonly title: string;
  readonly requestedBy: UserSummary;
  readonly hours: number;
  /** When it was closed: of `hours`, what isn't given back. */
  readonly spent?: number;
  /** Whether who sent it is told: not when they did it themselves. */
  readonly isTold: boolean;
}

/**
 * A request that this person may see. @throws BenefitError `requestUnknown` when there is none, or it is somebody
 * else's
 */
export async function requestFor(user: User, id: string, ledger: Ledger): Promise<Stored<ServiceRequest>> {
  const request = id === '' ? undefined : await ledger.serviceRequest(id);
  if (!request || !(isAnyAdmin(user) || request.requestedBy.id === user.id)) {
    throw new BenefitError('requestUnknown');
  }
  return request;
}

/**
 * An admin answers; who sent the request is told, with the text.
 * @throws BenefitError `mayNotAnswer`, `requestUnknown`, `requestIsClosed`, `answerMissing`, `textTooLong`, or as
 * `once` does
 */
export function answerRequest(
  ports: Ports,
  press: Press,
  order: { readonly requestId: string; readonly answer: string },
): Promise<RequestOutcome> {
  return onRequest(ports, 'answerRequest', press, order.requestId, (read) => {
    const { admin, request } = mustBeAdmins(read);
    const answer = order.answer.trim();
    if (answer === '') throw new BenefitError('answerMissing');
    if (answer.length > ANSWER_LENGTH) throw new BenefitError('textTooLong', { limit: ANSWER_LENGTH });
    const answeredAt = ports.now().toISOString();
    const after = { ...request, state: 'answered', answer, answeredBy: summary(admin), answeredAt } as const;
    return { after, told: tellsSender(ports, read, 'requestAnswered', after, { answer }) };
  });
}

/**
 * An admin closes a request; of its hours, those that weren't spent come back (docs/rules.md, rule 14).
 * @throws BenefitError `mayNotAnswer`, `requestUnknown`, `requestIsClosed`, `spentInvalid`, or as `once` does
 */
export function closeRequest(
  ports: Ports,
  press: Press,
  order: { readonly requestId: string; readonly spent: string },
): Promise<RequestOutcome> {
  return onRequest(ports, 'closeRequest', press, order.requestId, (read) => {
    const { admin, request } = mustBeAdmins(read);
    const { hours } = request;
    const spent = hours === 0 ? 0 : wholeNumber(order.spent);
    if (spent === undefined || spent > hours) throw new BenefitError('spentInvalid', { hours });
    const after = ended(ports, request, 'closed', spent, admin);
    const returned = hours - spent;
    return { after, told: tellsSender(ports, read, 'requestClosed', after, { spent, returned }) };
  });
}

/**
 * Who sent a request takes it back while nobody has answered: all its hours come back, and the admins are told.
 * @throws BenefitError `requestUnknown`, `requestIsClosed`, `requestIsAnswered`, or as `once` does
 */
export function withdrawRequest(ports: Ports, press: Press, requestId: string): Promise<RequestOutcome> {
  return onRequest(ports, 'withdrawRequest', press, requestId, ({ request, user, benefit, admins }) => {
    if (request.requestedBy.id !== user.id) throw new BenefitError('requestUnknown');
    mustBeOpen(request);
    if (request.state === 'answered') throw new BenefitError('requestIsAnswered');
    const after = ended(ports, request, 'withdrawn', 0, user);
    const facts = { ...requestFacts(after, benefit), by: user.displayName };
    return { after, told: admins.map(({ id }) => teamsNotice(ports, id, 'requestWithdrawn', facts)) };
  });
}

interface ReadRequest {
  /** Who presses. */
  readonly user: User;
  readonly request: Stored<ServiceRequest>;
  readonly benefit: Stored<Benefit>;
  /** Who sent it, as they are now. */
  readonly sender: User | undefined;
  readonly admins: readonly UserSummary[];
}

/** Changes a request once, with what that does to the hours of its benefit. */
function onRequest(
  ports: Ports,
  action: string,
  press: Press,
  requestId: string,
  change: (read: ReadRequest) => { readonly after: ServiceRequest; readonly told: readonly Change[] },
): Promise<RequestOutcome> {
  const read = () => readRequest(ports, press, requestId);
  return once(ports, action, press, read, (found): Decision<RequestOutcome> => {
    if (!found) throw new BenefitError('requestUnknown');
    const { request, benefit } = found;
    const { after, told } = change(found);
    const { id, title, requestedBy, hours, spent } = after;
    const returned = spent === undefined ? 0 : hours - spent;
    const used = Math.max(0, (benefit.used ?? 0) - returned);
    return {
      changes: [
        ...(returned > 0
          ? [{ of: 'benefit', before: benefit, after: { ...benefit, used } } satisfies Change]
          : []),
        { of: 'serviceRequest', before: request, after },
        requestAudit(action, after, press, ports.now().toISOString()),
        ...told,
      ],
      outcome: { id, title, requestedBy, hours, spent, isTold: requestedBy.id !== press.by },
    };
  });
}

async function readRequest(ports: Ports, press: Press, requestId: string): Promise<ReadRequest | undefined> {
  const { ledger } = ports;
  const [user, request, admins] = await Promise.all([
    ledger.user(press.by),
    ledger.serviceRequest(requestId),
    whomToTell(ports, press.by),
  ]);
  if (!user || !request) return undefined;
  const [benefit, sender] = await Promise.all([
    ledger.benefit(request.benefitId),
    ledger.user(request.requestedBy.id),
  ]);
  return benefit && { user, request, benefit, sender, admins };
}

function mustBeAdmins({ user, request }: ReadRequest) {
  if (!mayAnswer(user)) throw new BenefitError('mayNotAnswer');
  mustBeOpen(request);
  return { admin: user, request };
}

function mustBeOpen(request: ServiceRequest): void {
  if (isClosed(request)) throw new BenefitError('requestIsClosed');
}

const ended = (
  ports: Ports,
  request: ServiceRequest,
  state: 'closed' | 'withdrawn',
  spent: number,
  by: User,
): ServiceRequest => ({
  ...request,
  state,
  spent,
  closedAt: ports.now().toISOString(),
  closedBy: summary(by),
});

function tellsSender(
  ports: Ports,
  { user, benefit, sender }: ReadRequest,
  key: NoticeKey,
  request: ServiceRequest,
  more: Readonly<Record<string, string | number>>,
): Change[] {
  if (!sender?.active || sender.id === user.id) return [];
  const facts = { ...requestFacts(request, benefit), by: user.displayName, byId: user.id, ...more };
  return [teamsNotice(ports, sender.id, key, facts)];
}
