import { mustBeBenefitsAdmin } from './access';
import { chaser, DEFAULT_ACTIVATION_DAYS } from './activation';
import { addDays, dayIn } from './days';
import { BenefitError } from './errors';
import type { Assignment, Benefit, Company, Day, LocalText, User, UserSummary } from './model';
import { assignmentFacts, notice, teamsNotice } from './notices';
import { type Decision, newOperationId, once, type Press } from './operations';
import { audit, summary } from './records';
import type { Change, Ledger, Ports } from './ports';
import { asksAlternateEmail, heldOf, whyNobody } from './seats';
import { isEmail, normalEmail, sameEmail } from './words';

export interface AssignOrder {
  readonly benefitId: string;
  readonly userId: string;
  readonly alternateEmail?: string;
}

export interface Assigned {
  readonly benefit: {
    readonly id: string;
    readonly name: LocalText;
    readonly portalUrl?: string;
    /** docs/rules.md, rule 4: there is nobody else to assign it to. */
    readonly isOnlyForSelf?: boolean;
  };
  readonly user: UserSummary;
  readonly status: Assignment['status'];
  readonly expectedOn?: Day;
  readonly alternateEmail?: string;
  readonly self: boolean;
  /** Undoes it: the operation id of the *Undo* button. */
  readonly undoId: string;
}

type AssignFacts = Awaited<ReturnType<typeof readFacts>>;

/** In one round: a user's assignments stand beside them. */
async function readFacts(ledger: Ledger, { by }: Press, { benefitId, userId }: AssignOrder) {
  const [company, admin, benefit, person] = await Promise.all([
    ledger.company(),
    ledger.user(by),
    ledger.benefit(benefitId),
    ledger.person(userId),
  ]);
  return { company, admin, benefit, user: person?.user, held: person && heldOf(person, benefitId) };
}

/**
 * Gives a user a seat of a benefit: the counter, the assignment, its audit and its messages in one
 * transaction (docs/rules.md, rules 6 and 10 to 13).
 *
 * @throws BenefitError when a rule says no, or as `once` does
 */
export function assignBenefit(ports: Ports, press: Press, order: AssignOrder): Promise<Assigned> {
  const read = () => readFacts(ports.ledger, press, order);
  return once(ports, 'assign', press, read, (facts) => decide(ports, press, order, facts));
}

function decide(ports: Ports, press: Press, order: AssignOrder, facts: AssignFacts): Decision<Assigned> {
  const { company, admin, benefit, user, held } = facts;
  if (!company) throw new BenefitError('companyNotLoaded');
  mustBeBenefitsAdmin(admin);
  if (!benefit) throw new BenefitError('benefitUnknown', { benefit: order.benefitId });
  if (!user) throw new BenefitError('userUnknown', { user: order.userId });
  const today = dayIn(company.timeZone, ports.now());
  mayHold(benefit, user, admin, today, held);
  const alternateEmail = asksAlternateEmail(benefit)
    ? checkedAlternateEmail(order.alternateEmail ?? '', company, user)
    : undefined;

  const { operationId } = press;
  const by = summary(admin);
  const { assignment, changes } = giving(ports, { company, benefit, user, by, alternateEmail, operationId });
  return {
    changes: [
      { of: 'benefit', before: benefit, after: { ...benefit, held: benefit.held + 1 } },
      ...changes,
      audit('assign', assignment, press.by, assignment.assignedAt, { status: assignment.status }),
    ],
    outcome: {
      benefit: {
        id: benefit.id,
        name: benefit.name,
        portalUrl: benefit.portalUrl,
        isOnlyForSelf: benefit.assignable === 'self',
      },
      user: summary(user),
      status: assignment.status,
      expectedOn: assignment.expectedOn,
      alternateEmail,
      self: user.id === admin.id,
      undoId: newOperationId(ports, press.by),
    },
  };
}

/** A seat that is given to a user. */
export interface Gift {
  readonly company: Company;
  readonly benefit: Benefit;
  readonly user: User;
  /** Who gives it. */
  readonly by: UserSummary;
  readonly alternateEmail?: string;
  readonly operationId: string;
  /** Whether nobody sees it happen, so that even the one who gives it to themselves is told. */
  readonly isUnasked?: boolean;
  /** Whether it is one of many at once: then nobody is told of each who can't be reached in Teams. */
  readonly isOneOfMany?: boolean;
}

/** What giving somebody a seat makes, but for the counter and the audit: the assignment, its messages, its chaser. */
export function giving(
  ports: Ports,
  gift: Gift,
): { readonly assignment: Assignment; readonly changes: readonly Change[] } {
  const { company, benefit, user, by, alternateEmail, operationId } = gift;
  const assignment: Assignment = {
    benefitId: benefit.id,
    userId: user.id,
    ...startOf(benefit, dayIn(company.timeZone, ports.now())),
    assignedAt: ports.now().toISOString(),
    assignedBy: by,
    alternateEmail,
    operationId,
  };
  const changes: Change[] = [
    { of: 'assignment', after: assignment },
    ...notices(ports, assignment, gift),
    ...(assignment.expectedOn ? [chaser(ports, assignment, company)] : []),
  ];
  return { assignment, changes };
}

/** A support benefit takes days to become active (docs/rules.md, rule 13), the others are active at once. */
function startOf(benefit: Benefit, today: Day): Pick<Assignment, 'status' | 'expectedOn'> {
  if (benefit.kind !== 'support') return { status: 'active' };
  return {
    status: 'activating',
    expectedOn: addDays(today, benefit.activationDays ?? DEFAULT_ACTIVATION_DAYS),
  };
}

/**
 * May this user get this benefit from this admin today? The dialog asks at each step, the commit asks again.
 * @throws BenefitError
 */
export function mayHold(
  benefit: Benefit,
  user: User,
  admin: User,
  today: Day,
  held: Assignment | undefined,
): void {
  const facts = { benefit: benefit.name, user: user.displayName };
  if (held) throw new BenefitError('alreadyHolds', facts);
  const refusal = whyNobody(benefit, today);
  if (refusal) throw refusal;
  if (!user.active) throw new BenefitError('userInactive', facts);
  if (benefit.assignable === 'self' && user.id !== admin.id) throw new BenefitError('onlySelf', facts);
}

/**
 * docs/rules.md, rule 11.
 * @returns the address as it will be written to
 * @throws BenefitError `emailInvalid`, `emailIsCompanys`, `emailIsUsers`
 */
export function checkedAlternateEmail(typed: string, company: Company, user: User): string {
  const email = typed.trim().normalize('NFC');
  if (!isEmail(email)) throw new BenefitError('emailInvalid');
  if (sameEmail(email, company.accountEmail)) throw new BenefitError('emailIsCompanys');
  if (sameEmail(email, user.email)) throw new BenefitError('emailIsUsers', { user: user.displayName });
  return normalEmail(email);
}

/** Who is told: the user in Teams, and for support both their addresses (docs/rules.md, rule 12). */
function notices(ports: Ports, assignment: Assignment, gift: Gift): Change[] {
  const { benefit, user, by, isUnasked, isOneOfMany } = gift;
  const { byId, ...others } = assignmentFacts(assignment, benefit, user);
  const facts = isOneOfMany || byId === undefined ? others : { ...others, byId };
  const emails = assignment.alternateEmail ? [assignment.alternateEmail, user.email] : [];
  // Who assigns it to themselves sees it happen.
  const isTold = isUnasked === true || user.id !== by.id;
  return [
    ...(isTold ? [teamsNotice(ports, user.id, 'assigned', facts)] : []),
    ...emails.map((to) =>
      notice(ports, { channel: 'email', to, userId: user.id, key: 'instructions', facts }),
    ),
  ];
}
