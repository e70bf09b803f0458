import type { Assignment, LocalText } from '../../benefits/model';
import type { Texts } from '../../locales/texts';
import { type AdaptiveCard, bind } from '../bind';
import { button, rowName, type CardAction, type StepPress } from '../buttons';
import template from './template.json';

export interface ChooseHeldAsk {
  readonly press: StepPress;
  readonly title: string;
  readonly user: string;
  readonly held: readonly {
    readonly benefit: { readonly id: string; readonly name: LocalText };
    readonly assignment: Pick<Assignment, 'assignedAt' | 'assignedBy'>;
  }[];
  readonly refusal: string | null;
}

interface Binding {
  readonly lang: string;
  readonly title: string;
  readonly note: string | null;
  readonly refusal: string | null;
  readonly rows: readonly { readonly name: string; readonly detail: string; readonly select: CardAction }[];
  readonly actions: readonly CardAction[];
}

const card = bind<Binding>(template);

/** Which of the benefits that a user holds is meant. */
export function chooseHeldCard({ press, title, user, held, refusal }: ChooseHeldAsk, t: Texts): AdaptiveCard {
  return card({
    lang: t.language,
    title,
    note: held.length === 0 ? t('chooseHeld.none', { user }) : null,
    refusal,
    rows: held.map(({ benefit, assignment }) => {
      const name = t.local(benefit.name);
      const facts = { by: assignment.assignedBy.displayName, since: { date: assignment.assignedAt } };
      const detail = t('activations.detail', facts);
      const title = rowName(name, detail);
      const select = button(t, 'chooseHeld', { ...press, benefitId: benefit.id }, { title });
      return { name, detail, select };
    }),
    actions: [button(t, 'back', press), button(t, 'cancel', press)],
  });
}
