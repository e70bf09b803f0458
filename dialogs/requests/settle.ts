import { answerRequest, closeRequest, requestFor, withdrawRequest } from '../../benefits/requestAnswers';
import { requestAnswerCard } from '../../cards/request-answer/requestAnswer';
import { requestCloseCard } from '../../cards/request-close/requestClose';
import { requestWithdrawCard } from '../../cards/request-withdraw/requestWithdraw';
import { STAY, type Step } from '../step';
import { textOf, type Turn } from '../turn';
import { doneCard } from './done';
import { requestIn, type RequestsDraft } from './draft';

const requestOf = (draft: RequestsDraft, { person, ports }: Turn) =>
  requestFor(person.user, requestIn(draft), ports.ledger);

/** Off the straight way: *Answer* leads here. */
export const answer: Step<RequestsDraft> = {
  name: 'answer',
  applies: () => false,

  async show(draft, turn, press, refused) {
    const { title, requestedBy } = await requestOf(draft, turn);
    const ask = { press, title, user: requestedBy.displayName, typed: draft.answer ?? '' };
    return requestAnswerCard({ ...ask, refusal: refused?.text ?? null }, turn.t);
  },

  keep: (draft, data) => ({ ...draft, answer: textOf(data, 'answer') }),

  presses: {
    async sendAnswer(draft, turn, _data, { run }) {
      const press = { operationId: run, by: turn.person.user.id };
      const order = { requestId: requestIn(draft), answer: draft.answer ?? '' };
      return { done: doneCard(turn, 'answerRequest', await answerRequest(turn.ports, press, order)) };
    },
  },

  says: async (draft, _turn, typed) => ({ draft: { ...draft, answer: typed }, go: STAY }),
};

/** Off the straight way: *Close* leads here. */
export const close: Step<RequestsDraft> = {
  name: 'close',
  applies: () => false,

  async show(draft, turn, press, refused) {
    const { title, hours, requestedBy } = await requestOf(draft, turn);
    const typed = draft.spent ?? String(hours);
    const ask = { press, title, hours, user: requestedBy.displayName, typed };
    return requestCloseCard({ ...ask, refusal: refused?.text ?? null }, turn.t);
  },

  keep: (draft, data) => ({ ...draft, spent: textOf(data, 'spent') }),

  presses: {
    async closeRequest(draft, turn, _data, { run }) {
      const press = { operationId: run, by: turn.person.user.id };
      const order = { requestId: requestIn(draft), spent: draft.spent ?? '' };
      return { done: doneCard(turn, 'closeRequest', await closeRequest(turn.ports, press, order)) };
    },
  },

  says: async (draft, _turn, typed) => ({ draft: { ...draft, spent: typed }, go: STAY }),
};

/** Off the straight way: *Withdraw* leads here. */
export const withdraw: Step<RequestsDraft> = {
  name: 'withdraw',
  applies: () => false,

  async show(draft, turn, press, refused) {
    const { title } = await requestOf(draft, turn);
    return requestWithdrawCard({ press, title, refusal: refused?.text ?? null }, turn.t);
  },

  presses: {
    async withdrawRequest(draft, turn, _data, { run }) {
      const press = { operationId: run, by: turn.person.user.id };
      const outcome = await withdrawRequest(turn.ports, press, requestIn(draft));
      return { done: doneCard(turn, 'withdrawRequest', outcome) };
    },
  },
};
