import type { LocalText, UserSummary } from '../../benefits/model';
import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, type CardAction, type StepPress } from '../buttons';
import { userTitle } from '../choose-user/chooseUser';
import template from './template.json';

export interface PickUsersAsk {
  readonly press: StepPress;
  readonly benefit: LocalText;
  readonly users: readonly UserSummary[];
  /** Whether there are more users than fit the list. */
  readonly hasMore: boolean;
  /** Who is picked so far, by id. */
  readonly picked: readonly string[];
  /** The addresses that were written so far. */
  readonly others: string | null;
  readonly refusal: string | null;
}

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly help: string | null;
  readonly label: string;
  readonly choices: readonly { readonly title: string; readonly value: string }[];
  readonly picked: string | null;
  readonly othersLabel: string;
  readonly othersPlaceholder: string;
  readonly others: string | null;
  readonly refusal: string | null;
  readonly actions: readonly CardAction[];
}

const card = bind<Binding>(template);

/** Who gets a benefit, several at once: picked from the list, and written below it. */
export function pickUsersCard(ask: PickUsersAsk, t: Texts): AdaptiveCard {
  const { press, users, picked } = ask;
  return card({
    lang: t.language,
    title: t('bulk.pick', { benefit: ask.benefit }),
    help: ask.hasMore ? t('bulk.peopleHelp', { count: users.length }) : null,
    label: t('bulk.people'),
    choices: users.map((user) => ({ title: userTitle(user), value: user.id })),
    picked: picked.length === 0 ? null : picked.join(','),
    othersLabel: t('bulk.others'),
    othersPlaceholder: t('bulk.othersExample'),
    others: ask.others,
    refusal: ask.refusal,
    actions: [
      button(t, 'checkPeople', press, { style: 'positive' }),
      button(t, 'back', press),
      button(t, 'cancel', press),
    ],
  });
}
