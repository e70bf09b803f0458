import { mustBeBenefitsAdmin } from '../../benefits/access';
import { type Activated, activate } from '../../benefits/activation';
import type { AdaptiveCard } from '../../cards/bind';
import { button } from '../../cards/buttons';
import { markActiveCard } from '../../cards/mark-active/markActive';
import { messageCard } from '../../cards/message/message';
import { closing } from '../closing';
import { GuidedDialog } from '../guidedDialog';
import { Path, type Step } from '../step';
import { textOf, type Turn } from '../turn';
import { choosePending } from './choosePending';
import { chosenOf, type MarkActiveDraft } from './draft';

const giveNote: Step<MarkActiveDraft> = {
  name: 'giveNote',

  async show(draft, { t }, press, refused) {
    const { benefit, user } = chosenOf(draft);
    const ask = { press, benefit: benefit.name, user: user.displayName, typed: draft.note ?? '' };
    return markActiveCard({ ...ask, refusal: refused?.text ?? null }, t);
  },

  keep: (draft, data) => ({ ...draft, note: textOf(data, 'note') }),

  presses: {
    async confirmActive(draft, turn, _data, { run }) {
      const { benefit, user, madeBy } = chosenOf(draft);
      const press = { operationId: run, by: turn.person.user.id };
      const order = { benefitId: benefit.id, userId: user.id, madeBy, note: draft.note };
      return { done: doneCard(turn, await activate(turn.ports, press, order)) };
    },
  },
};

/** An admin confirms that a support benefit is active (docs/rules.md, rule 13). */
export class MarkActiveDialog extends GuidedDialog<MarkActiveDraft> {
  static readonly id = 'markActive';

  protected readonly path = new Path([choosePending, giveNote]);
  protected readonly version = '1';
  readonly startVerb = 'activations';
  readonly closings = { activate: closing<Activated>(doneCard) };

  constructor() {
    super(MarkActiveDialog.id);
  }

  mustBeAllowed({ person }: Turn): void {
    mustBeBenefitsAdmin(person.user);
  }
}

function doneCard({ t }: Turn, { benefit, user }: Activated): AdaptiveCard {
  const names = { benefit: benefit.name, user: user.displayName };
  return messageCard(
    t,
    t('markActive.done', names),
    [t('markActive.told', names)],
    [button(t, 'activations'), button(t, 'help')],
  );
}
