import type { Benefit } from '../../benefits/model';
import {
  type Fault,
  faultsIn,
  inOrder,
  type RequestField,
  type RequestForm,
} from '../../benefits/requestForm';
import type { AdaptiveCard } from '../../cards/bind';
import type { StepPress } from '../../cards/buttons';
import type { FaultText } from '../../cards/requestWords';
import type { Texts, Verb } from '../../locales/texts';
import { ON, type Step } from '../step';
import { type PressData, textOf } from '../turn';
import { benefitNow, formOf, mustBeRequestable, type RequestDraft } from './draft';

/** What the card of a part of the form is given. */
interface FormAsk {
  readonly press: StepPress;
  readonly form: RequestForm;
  readonly faults: readonly FaultText[];
  readonly refusal: string | null;
}

interface FormPart {
  readonly name: string;
  /** The button that goes on. */
  readonly verb: Verb;
  readonly fields: readonly RequestField[];
  card(ask: FormAsk, benefit: Benefit, t: Texts): AdaptiveCard;
}

/** A card of the form: all that is wrong on it is told at once, each beside its field. */
export const formStep = ({ name, verb, fields, card }: FormPart): Step<RequestDraft> => ({
  name,

  async show(draft, turn, press, refused) {
    const benefit = await benefitNow(draft, turn);
    const faults = refused ? faultsIn(formOf(draft), benefit, fields) : [];
    const isBeside = faults.some(({ error }) => error.code === refused?.code);
    const refusal = isBeside ? null : (refused?.text ?? null);
    return card(
      { press, form: formOf(draft), faults: faults.map((fault) => inWords(fault, turn.t)), refusal },
      benefit,
      turn.t,
    );
  },

  keep: (draft, data) => ({ ...draft, form: kept(formOf(draft), data, fields) }),

  presses: {
    async [verb](draft: RequestDraft, turn: Parameters<Step<RequestDraft>['show']>[1]) {
      const benefit = await benefitNow(draft, turn);
      await mustBeRequestable(benefit, turn);
      return { draft: { ...draft, form: inOrder(formOf(draft), benefit, fields) }, go: ON };
    },
  },
});

const inWords = ({ field, error }: Fault, t: Texts): FaultText => ({
  field,
  text: t(`refusal.${error.code}`, error.facts),
});

/** Clients leave out what is empty. */
function kept(form: RequestForm, data: PressData, fields: readonly RequestField[]): RequestForm {
  return { ...form, ...Object.fromEntries(fields.map((field) => [field, textOf(data, field)])) };
}
