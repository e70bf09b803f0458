import type { ServiceRequest } from '../../benefits/serviceRequest';
import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, rowName, type CardAction, type StepPress } from '../buttons';
import template from './template.json';

export interface RequestsAsk {
  readonly press: StepPress;
  /** The newest first. */
  readonly requests: readonly RequestRow[];
  /** Whether it is the list of all of the company's. */
  readonly isOfAll: boolean;
  readonly hasMore: boolean;
  readonly refusal: string | null;
}

type RequestRow = Pick<ServiceRequest, 'id' | 'title' | 'at' | 'state' | 'hours'> & {
  readonly requestedBy: { readonly displayName: string };
};

interface Row {
  readonly name: string;
  readonly detail: string;
  readonly state: string;
  readonly color: 'Accent' | 'Good' | 'Default';
  readonly select: CardAction;
}

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly note: string | null;
  readonly refusal: string | null;
  readonly rows: readonly Row[];
  readonly actions: readonly CardAction[];
}

const COLORS = { open: 'Accent', answered: 'Good', closed: 'Default', withdrawn: 'Default' } as const;

const card = bind<Binding>(template);

/** Service requests, each a row that opens it. */
export function requestsCard({ press, requests, isOfAll, ...ask }: RequestsAsk, t: Texts): AdaptiveCard {
  return card({
    lang: t.language,
    title: isOfAll ? t('requests.title') : t('requests.titleMine'),
    note: requests.length === 0 ? t('requests.none') : null,
    refusal: ask.refusal,
    rows: requests.map((request) => rowOf(request, press, t)),
    actions: [
      ...(ask.hasMore ? [button(t, 'moreRequests', press)] : []),
      button(t, 'requestHours'),
      button(t, 'cancel', press),
    ],
  });
}

function rowOf(request: RequestRow, press: StepPress, t: Texts): Row {
  const { id, title, at, state, hours, requestedBy } = request;
  const words = t(`requests.state.${state}`);
  const row = {
    name: title,
    detail: t('requests.detail', { by: requestedBy.displayName, on: { date: at } }),
    state: [words, ...(hours > 0 ? [t('requests.hours', { count: hours })] : [])].join(' · '),
    color: COLORS[state],
  };
  const name = rowName(title, row.state, row.detail);
  return { ...row, select: button(t, 'chooseRequest', { ...press, requestId: id }, { title: name }) };
}
