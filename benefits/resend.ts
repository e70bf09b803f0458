import { mustBeBenefitsAdmin } from './access';
import { BenefitError } from './errors';
import type { LocalText, UserSummary } from './model';
import { assignmentFacts, notice, teamsNotice } from './notices';
import { type Decision, once, type Press } from './operations';
import type { Ports } from './ports';
import { audit, readAround, summary } from './records';

const MOST_A_DAY = 3;
const DAY_MS = 24 * 3600_000;

export interface Resent {
  readonly benefit: { readonly id: string; readonly name: LocalText };
  readonly user: UserSummary;
  /** Where the e-mails go. */
  readonly addresses: readonly string[];
}

/**
 * Sends the instructions of an assignment once more: to the holder's address, to the alternate one when there
 * is one, and to their chat.
 * @throws BenefitError `unknownId`, `notHeld`, `resentTooOften` after 3 in 24 hours, or as `once` does
 */
export function resendInstructions(
  ports: Ports,
  press: Press,
  order: { readonly benefitId: string; readonly userId: string },
): Promise<Resent> {
  const read = () => readAround(ports.ledger, press.by, order);
  return once(ports, 'resend', press, read, ({ admin, benefit, user, assignment }): Decision<Resent> => {
    mustBeBenefitsAdmin(admin);
    if (!benefit || !user) throw new BenefitError('unknownId');
    if (!assignment) throw new BenefitError('notHeld');
    const now = ports.now();
    const today = (assignment.resentAt ?? []).filter((at) => now.getTime() - Date.parse(at) < DAY_MS);
    if (today.length >= MOST_A_DAY) throw new BenefitError('resentTooOften', { most: MOST_A_DAY });

    const after = { ...assignment, resentAt: [...today, now.toISOString()] };
    const facts = assignmentFacts(assignment, benefit, user);
    const addresses = [user.email, ...(assignment.alternateEmail ? [assignment.alternateEmail] : [])];
    return {
      changes: [
        { of: 'benefit', before: benefit, after: benefit },
        { of: 'assignment', before: assignment, after },
        audit('resend', { ...after, operationId: press.operationId }, admin.id, now.toISOString()),
        teamsNotice(ports, user.id, 'instructions', facts),
        ...addresses.map((to) =>
          notice(ports, { channel: 'email', to, userId: user.id, key: 'instructions', facts }),
        ),
      ],
      outcome: { benefit: { id: benefit.id, name: benefit.name }, user: summary(user), addresses },
    };
  });
}
