import type { RequestOutcome } from '../../benefits/requestAnswers';
import { closing } from '../closing';
import { GuidedDialog } from '../guidedDialog';
import { Path } from '../step';
import { chooseRequest } from './chooseRequest';
import { doneCard } from './done';
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
  readonly startVerb = 'requests';
  readonly closings = {
    answerRequest: closing<RequestOutcome>((turn, outcome) => doneCard(turn, 'answerRequest', outcome)),
    closeRequest: closing<RequestOutcome>((turn, outcome) => doneCard(turn, 'closeRequest', outcome)),
    withdrawRequest: closing<RequestOutcome>((turn, outcome) => doneCard(turn, 'withdrawRequest', outcome)),
  };

  constructor() {
    super(RequestsDialog.id);
  }

  /** Everybody may look at their own; what else they may do is asked at every press. */
  mustBeAllowed(): void {}
}
