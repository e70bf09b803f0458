import type { RequestOutcome } from '../../benefits/requestAnswers';
import type { AdaptiveCard } from '../../cards/bind';
import { button } from '../../cards/buttons';
import { messageCard } from '../../cards/message/message';
import type { TextKey } from '../../locales/texts';
import type { Turn } from '../turn';

const TITLES = {
  answerRequest: 'requests.answered',
  closeRequest: 'requests.closed',
  withdrawRequest: 'requests.withdrawn',
} as const satisfies Readonly<Record<string, TextKey>>;

/** What can be done with a request: each is an operation of that name. */
export type RequestAction = keyof typeof TITLES;

/** The closing card of an answered, closed or withdrawn request. */
export function doneCard({ t }: Turn, action: RequestAction, outcome: RequestOutcome): AdaptiveCard {
  const { title, requestedBy, hours, spent, isTold } = outcome;
  const returned = spent === undefined || hours === 0 ? undefined : hours - spent;
  return messageCard(
    t,
    t(TITLES[action], { title }),
    [
      ...(returned === undefined ? [] : [t('requests.returned', { count: returned })]),
      ...(isTold ? [t('requests.told', { user: requestedBy.displayName })] : []),
    ],
    [button(t, 'requests'), button(t, 'help')],
  );
}
