import type { HeldBenefit } from '../../benefits/myBenefits';
import type { Role, User } from '../../benefits/model';
import type { Texts, Verb } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, type CardAction, type StepPress } from '../buttons';
import template from './template.json';

export interface UserAsk {
  readonly press: StepPress;
  readonly user: Pick<User, 'id' | 'email' | 'displayName' | 'roles' | 'active' | 'language'>;
  /** The newest first. */
  readonly held: readonly {
    readonly benefit: Pick<HeldBenefit['benefit'], 'name'>;
    readonly assignment: Pick<HeldBenefit['assignment'], 'assignedAt' | 'assignedBy'>;
    readonly state: HeldBenefit['state'];
  }[];
  /** What who looks may do with this user. */
  readonly may: readonly UserVerb[];
  /** Whether the user has just been added. */
  readonly isAdded: boolean;
  /** What was done. */
  readonly notes: readonly string[];
  readonly refusal: string | null;
}

export type UserVerb = Verb & ('openEdit' | 'openRoles' | 'openDeactivate' | 'activateUser');

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly notes: readonly { readonly text: string }[];
  readonly refusal: string | null;
  readonly facts: readonly { readonly title: string; readonly value: string }[];
  readonly heldTitle: string;
  readonly held: readonly { readonly name: string; readonly detail: string }[];
  readonly rest: string | null;
  readonly buttons: readonly CardAction[];
  readonly actions: readonly CardAction[];
}

const card = bind<Binding>(template);

/** So much of what they hold fits the card. */
const HELD = 15;

/** One person: who they are, what they may do, what they hold. */
export function userCard(ask: UserAsk, t: Texts): AdaptiveCard {
  const { press, user, held } = ask;
  return card({
    lang: t.language,
    title: user.displayName,
    notes: ask.notes.map((text) => ({ text })),
    refusal: ask.refusal,
    facts: factsOf(user, t),
    heldTitle: t('user.holds'),
    held: held.slice(0, HELD).map(({ benefit, assignment, state }) => ({
      name: t('user.held', { benefit: benefit.name, state: t(`myBenefits.${state}`) }),
      detail: t('activations.detail', {
        by: assignment.assignedBy.displayName,
        since: { date: assignment.assignedAt },
      }),
    })),
    rest: restOf(held.length, t),
    buttons: [...ask.may.map((verb) => button(t, verb, press)), button(t, 'history', { userId: user.id })],
    actions: [
      ...(ask.isAdded ? [button(t, 'addAnotherUser', press)] : []),
      button(t, 'back', press),
      button(t, 'cancel', press),
    ],
  });
}

function restOf(count: number, t: Texts): string | null {
  if (count === 0) return t('user.holdsNothing');
  return count > HELD ? t('user.more', { count: count - HELD }) : null;
}

function factsOf({ email, language, roles, active }: UserAsk['user'], t: Texts): Binding['facts'] {
  return [
    { title: t('addUser.email'), value: email },
    ...(language ? [{ title: t('addUser.language'), value: t(`languageName.${language}`) }] : []),
    { title: t('role.label'), value: rolesInWords(roles, t) },
    { title: t('user.state'), value: active ? t('user.active') : t('user.inactive') },
  ];
}

/** "Account admin and Benefits admin"; who has no role is an employee. */
export function rolesInWords(roles: readonly Role[], t: Texts): string {
  if (roles.length === 0) return t('role.employee');
  const words = (['accountAdmin', 'benefitsAdmin'] as const)
    .filter((role) => roles.includes(role))
    .map((role) => t(`role.${role}`));
  return new Intl.ListFormat(t.language).format(words);
}
