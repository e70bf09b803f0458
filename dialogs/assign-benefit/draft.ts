import { dayIn } from '../../benefits/days';
import type { Benefit, Day, LocalText, UserSummary } from '../../benefits/model';
import { asksAlternateEmail } from '../../benefits/seats';
import type { Turn } from '../turn';

/** What was chosen and typed so far. Names are kept to be shown; what counts is read again at every step. */
export interface AssignDraft {
  readonly benefit?: ChosenBenefit;
  readonly user?: UserSummary;
  /** As typed: checked on the way on, and again at the commit. */
  readonly alternateEmail?: string;

  /** Where the list of benefits begins. */
  readonly page?: number;
  /** The benefits that fit what was typed, when several do. */
  readonly offered?: { readonly typed: string; readonly benefitIds: readonly string[] };
  /** What users were searched for. */
  readonly search?: string;
  /** A user was named in one line: then the question is checked even if the benefit answers it. */
  readonly isUserNamed?: boolean;
  /** The form *Add a user*, while it is filled in. */
  readonly newUser?: NewUserDraft;
  /** Who was just added: said once. */
  readonly added?: string;
}

export interface ChosenBenefit {
  readonly id: string;
  readonly name: LocalText;
  readonly isSelf: boolean;
  readonly asksAlternateEmail: boolean;
}

export interface NewUserDraft {
  readonly operationId: string;
  readonly displayName: string;
  readonly email: string;
  readonly language: string;
  readonly role: string;
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
