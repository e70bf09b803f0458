import type { LocalText } from '../../benefits/model';
import type { ServiceRequest } from '../../benefits/serviceRequest';
import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, type CardAction, type StepPress } from '../buttons';
import { type CardFact, fieldLabel, requestFacts } from '../requestWords';
import template from './template.json';

export interface ServiceRequestAsk {
  readonly press: StepPress;
  readonly request: Omit<ServiceRequest, 'id'>;
  readonly reference: string;
  readonly benefit: LocalText;
  readonly mayAnswer: boolean;
  readonly mayWithdraw: boolean;
  readonly refusal: string | null;
}

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly facts: readonly CardFact[];
  readonly sections: readonly { readonly heading: string; readonly text: string }[];
  readonly refusal: string | null;
  readonly actions: readonly CardAction[];
}

const card = bind<Binding>(template);

/** A request with all its fields and its answer; for an admin with *Answer* and *Close*. */
export function serviceRequestCard(ask: ServiceRequestAsk, t: Texts): AdaptiveCard {
  const { press, request, mayAnswer, mayWithdraw } = ask;
  return card({
    lang: t.language,
    title: request.title,
    facts: [...factsOfState(ask, t), ...requestFacts(request, ask.benefit, t)],
    sections: [{ heading: fieldLabel('description', t), text: request.description }, ...answerOf(request, t)],
    refusal: ask.refusal,
    actions: [
      ...(mayAnswer ? [button(t, 'openAnswer', press), button(t, 'openClose', press)] : []),
      ...(mayWithdraw ? [button(t, 'openWithdraw', press)] : []),
      button(t, 'back', press),
      button(t, 'cancel', press),
    ],
  });
}

function factsOfState({ request, reference }: ServiceRequestAsk, t: Texts): CardFact[] {
  const { requestedBy, at, hours, spent, closedBy } = request;
  const fact = (name: 'reference' | 'state' | 'by' | 'on' | 'spent' | 'closedBy', value: string) => ({
    title: t(`requests.field.${name}`),
    value,
  });
  return [
    fact('reference', reference),
    fact('state', t(`requests.state.${request.state}`)),
    ...(spent !== undefined && hours > 0 ? [fact('spent', String(spent))] : []),
    ...(closedBy ? [fact('closedBy', closedBy.displayName)] : []),
    fact('by', `${requestedBy.displayName} (${requestedBy.email})`),
    fact('on', t.date(at)),
  ];
}

function answerOf({ answer, answeredBy, answeredAt }: ServiceRequestAsk['request'], t: Texts) {
  if (answer === undefined || !answeredBy || !answeredAt) return [];
  const facts = { by: answeredBy.displayName, on: { date: answeredAt } };
  return [{ heading: t('requests.answerBy', facts), text: answer }];
}
