import type { Day, Instant, LocalText, UserSummary } from '../../benefits/model';
import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, rowName, type CardAction, type StepPress } from '../buttons';
import template from './template.json';

export interface ChooseHolderAsk {
  readonly press: StepPress;
  readonly title: string;
  readonly benefit: LocalText;
  readonly holders: readonly HolderRow[];
  /** Whether not all of them are shown. */
  readonly hasMore: boolean;
  /** What was searched for. */
  readonly typed: string | null;
  readonly refusal: string | null;
  /** What can be done instead of what was refused. */
  readonly offers: readonly CardAction[];
}

export interface HolderRow {
  readonly user: UserSummary;
  readonly since: Instant;
  /** The handover that is planned for the seat. */
  readonly planned: { readonly to: Pick<UserSummary, 'displayName'>; readonly on: Day } | null;
}

interface Row {
  readonly name: string;
  readonly detail: string;
  readonly planned: string | null;
  readonly select: CardAction;
}

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly note: string | null;
  readonly refusal: string | null;
  readonly rows: readonly Row[];
  readonly searchable: boolean;
  readonly searchLabel: string;
  readonly searchPlaceholder: string;
  readonly search: string | null;
  readonly actions: readonly CardAction[];
}

const card = bind<Binding>(template);

/** Which of the holders of a benefit is meant: a list, and where it isn't all of them, a search. */
export function chooseHolderCard(ask: ChooseHolderAsk, t: Texts): AdaptiveCard {
  const { press, typed, hasMore } = ask;
  const searchable = hasMore || typed !== null;
  return card({
    lang: t.language,
    title: ask.title,
    note: noteOf(ask, t),
    refusal: ask.refusal,
    rows: ask.holders.map((holder) => rowOf(holder, press, t)),
    searchable,
    searchLabel: t('chooseUser.searchLabel'),
    searchPlaceholder: t('chooseUser.searchPlaceholder'),
    search: typed,
    actions: [
      ...(searchable ? [button(t, 'searchUsers', press)] : []),
      ...(hasMore && typed === null ? [button(t, 'moreHolders', press)] : []),
      ...ask.offers,
      button(t, 'back', press),
      button(t, 'cancel', press),
    ],
  });
}

function noteOf({ benefit, holders, typed, hasMore }: ChooseHolderAsk, t: Texts): string | null {
  const count = holders.length;
  if (typed !== null) return t(hasMore ? 'chooseHolder.foundMany' : 'chooseHolder.found', { count, typed });
  if (count === 0) return t('chooseHolder.nobody', { benefit });
  return hasMore ? t('chooseHolder.more') : null;
}

function rowOf({ user, since, planned: handover }: HolderRow, press: StepPress, t: Texts): Row {
  const name = user.displayName;
  const detail = t('chooseHolder.detail', { email: user.email, since: { date: since } });
  const planned =
    handover && t('chooseHolder.planned', { to: handover.to.displayName, date: { date: handover.on } });
  const title = rowName(name, detail, planned);
  const select = button(t, 'chooseHolder', { ...press, userId: user.id }, { title });
  return { name, detail, planned, select };
}
