import { outcomeOfPress } from '../../benefits/operations';
import type { RequestOutcome } from '../../benefits/requestAnswers';
import type { AdaptiveCard } from '../../cards/bind';
import { GuidedDialog } from '../guidedDialog';
import { Path } from '../step';
import type { Turn } from '../turn';
import { chooseRequest } from './chooseRequest';
import { doneCard, REQUEST_ACTIONS } from './done';
import type { RequestsDraft } from './draft';
import { answer, close, withdraw } from './settle';
import { showRequest } from './showRequest';

/**
 * The requests for advice: everybody sees their own, admins all of the company's. A benefits admin answers and closes
 * them; who sent one may withdraw it.
 */
export class RequestsDialog extends GuidedDialog<RequestsDraft> {
  static readonly id = 'requests';

  protected readonly path = new Path([chooseRequest, showRequest, answer, close, withdraw]);
  protected readonly version = '1';
  protected readonly startVerb = 'requests';

  constructor() {
    super(RequestsDialog.id);
  }

  /** Everybody may look at their own; what else they may do is asked at every press. */
  mustBeAllowed(): void {}

  protected async closingCard(turn: Turn, run: string): Promise<AdaptiveCard | undefined> {
    const press = { operationId: run, by: turn.person.user.id };
    for (const action of REQUEST_ACTIONS) {
      const outcome = await outcomeOfPress<RequestOutcome>(turn.ports, action, press);
      if (outcome) return doneCard(turn, action, outcome);
    }
    return undefined;
  }
}
