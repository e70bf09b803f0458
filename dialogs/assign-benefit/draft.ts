import { dayIn } from '../../benefits/days';
import type { Benefit, Day, LocalText, UserSummary } from '../../benefits/model';
import { asksAlternateEmail } from '../../benefits/seats';
import type { UserDraft } from '../chooseUser';
import type { Turn } from '../turn';

/** What was chosen and typed so far. Names are kept to be shown; what counts is read again at every step. */
export interface AssignDraft extends UserDraft {
  readonly benefit?: ChosenBenefit;
  /** As typed: checked on the way on, and again at the commit. */
  readonly alternateEmail?: string;

  /** Where the list of benefits begins. */
  readonly page?: number;
  /** The benefits that fit what was typed, when several do. */
  readonly offered?: { readonly typed: string; readonly benefitIds: readonly string[] };
  /** A user was named in one line: then the question is checked even if the benefit answers it. */
  readonly isUserNamed?: boolean;
}

export interface ChosenBenefit {
  readonly id: string;
  readonly name: LocalText;
  readonly isSelf: boolean;
  readonly asksAlternateEmail: boolean;
}

export const chosen = (benefit: Benefit): ChosenBenefit => ({
  id: benefit.id,
  name: benefit.name,
  isSelf: benefit.assignable === 'self',
  asksAlternateEmail: asksAlternateEmail(benefit),
});

/** The day that it is for the company, in whose time zone a benefit ends. */
export async function today(turn: Turn): Promise<Day> {
  return dayIn((await turn.company()).timeZone, turn.ports.now());
}

/** The benefit of a step that comes after it was chosen. */
export function benefitOf({ benefit }: AssignDraft): ChosenBenefit {
  if (!benefit) throw new Error('no benefit was chosen before this step');
  return benefit;
}

/** Who gets it: the chosen user, or the person themselves where the benefit says so. */
export function userOf({ benefit, user }: AssignDraft, { person }: Turn): UserSummary {
  if (benefit?.isSelf) return person.user;
  if (!user) throw new Error('no user was chosen before this step');
  return user;
}
