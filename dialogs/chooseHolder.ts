import { BenefitError } from '../benefits/errors';
import { findHolder } from '../benefits/find';
import type { Assignment, Day, Handover, Instant, Stored, UserSummary } from '../benefits/model';
import type { Ledger } from '../benefits/ports';
import type { Seat } from '../benefits/move';
import { summary } from '../benefits/records';
import { movableOn } from '../benefits/seats';
import type { CardAction, Refused, StepPress } from '../cards/buttons';
import { chooseHolderCard, type HolderRow } from '../cards/choose-holder/chooseHolder';
import type { Texts } from '../locales/texts';
import { type BenefitDraft, benefitOf, type ChosenBenefit } from './chooseBenefit';
import { type Move, ON, STAY, type Step } from './step';
import { idOf, textOf, type Turn } from './turn';

/** What a dialog that asks who holds a benefit keeps of it. */
export interface HolderDraft extends BenefitDraft {
  readonly holder?: ChosenHolder;
  readonly holders?: HolderList;
}

export interface ChosenHolder {
  readonly user: UserSummary;
  readonly since: Instant;
  /** From which day on the seat may go to somebody else. */
  readonly movableOn: Day;
  /** The operation that made the assignment. */
  readonly madeBy: string;
}

/** Which of the holders of a benefit are listed. */
interface HolderList {
  readonly benefitId: string;
  /** The last one of the page before. */
  readonly after?: string;
  /** Those who fit what was typed, when several do. */
  readonly found?: { readonly typed: string; readonly userIds: readonly string[] };
}

/** What differs from dialog to dialog. */
interface Question<Draft> {
  title(benefit: ChosenBenefit, t: Texts): string;
  /** @throws BenefitError when this seat can't be chosen; it is shown on the list */
  check?(seat: Seat, turn: Turn): void;
  /** What can be done instead of what was refused. */
  offers?(draft: Draft, turn: Turn, press: StepPress, refused: Refused): CardAction[];
}

const PAGE = 12;

/** The question who holds the benefit: from a list, by a search among all holders, or typed. */
export function chooseHolderStep<Draft extends HolderDraft>(question: Question<Draft>): Step<Draft> {
  return {
    name: 'chooseHolder',
    isAnswered: ({ holder }) => holder !== undefined,

    readAhead(ledger, { benefitId }) {
      if (!benefitId) return;
      void ledger.holders(benefitId, PAGE + 1, undefined);
      void ledger.handovers(benefitId);
    },

    async show(draft, turn, press, refused) {
      const benefit = benefitOf(draft);
      const { rows, hasMore } = await pageOf(listOf(draft), turn.ports.ledger);
      const ask = {
        press,
        title: question.title(benefit, turn.t),
        benefit: benefit.name,
        holders: rows,
        hasMore,
        typed: listOf(draft).found?.typed ?? null,
        refusal: refused?.text ?? null,
        offers: (refused && question.offers?.(draft, turn, press, refused)) ?? [],
      };
      return chooseHolderCard(ask, turn.t);
    },

    presses: {
      chooseHolder: (draft, turn, data) => choose(draft, turn, idOf(data, 'userId')),

      /** The next page; behind the last, the first again. */
      async moreHolders(draft, turn) {
        const { benefitId, after } = listOf(draft);
        const read = await turn.ports.ledger.holders(benefitId, PAGE + 1, after);
        const last = read.length > PAGE ? read[PAGE - 1] : undefined;
        return { draft: { ...draft, holders: { benefitId, after: last?.userId } }, go: STAY };
      },

      async searchUsers(draft, turn, data) {
        const typed = textOf(data, 'search');
        return typed === ''
          ? { draft: { ...draft, holders: undefined }, go: STAY }
          : says(draft, turn, typed);
      },
    },

    says,
  };

  /** A name, an address, or the id that a button elsewhere carries. */
  async function says(draft: Draft, turn: Turn, typed: string): Promise<Move<Draft>> {
    const { id: benefitId, name } = benefitOf(draft);
    const { ledger } = turn.ports;
    const userId = idOf({ typed }, 'typed');
    if (userId !== '' && (await ledger.assignment(benefitId, userId))) return choose(draft, turn, userId);
    const found = await findHolder(typed, benefitId, ledger);
    if ('one' in found) return choose(draft, turn, found.one.id);
    if ('none' in found) throw new BenefitError('holderUnknown', { user: typed, benefit: name });
    const userIds = found.several.map(({ id }) => id);
    return { draft: { ...draft, holders: { benefitId, found: { typed, userIds } } }, go: STAY };
  }

  async function choose(draft: Draft, turn: Turn, userId: string): Promise<Move<Draft>> {
    const { id: benefitId } = benefitOf(draft);
    const { ledger } = turn.ports;
    const [company, benefit, user, assignment, handover] = await Promise.all([
      turn.company(),
      ledger.benefit(benefitId),
      ledger.user(userId),
      ledger.assignment(benefitId, userId),
      ledger.handover(benefitId, userId),
    ]);
    if (!benefit || !user) throw new BenefitError('unknownId');
    if (!assignment) throw new BenefitError('notHeld');
    const holder: ChosenHolder = {
      user: summary(user),
      since: assignment.assignedAt,
      movableOn: movableOn(benefit, assignment, company.timeZone),
      madeBy: assignment.operationId,
    };
    const next = { ...draft, holder };
    try {
      question.check?.({ company, benefit, from: holder.user, assignment, handover }, turn);
    } catch (error) {
      if (error instanceof BenefitError) return { draft: next, go: STAY, refused: error };
      throw error;
    }
    return { draft: next, go: ON };
  }
}

/** The holder of a step that comes after they were chosen. */
export function holderOf({ holder }: HolderDraft): ChosenHolder {
  if (!holder) throw new Error('no holder was chosen before this step');
  return holder;
}

/** Of another benefit than the one that is chosen now, nothing is listed. */
function listOf(draft: HolderDraft): HolderList {
  const { id: benefitId } = benefitOf(draft);
  return draft.holders?.benefitId === benefitId ? draft.holders : { benefitId };
}

async function pageOf(list: HolderList, ledger: Ledger) {
  const [read, handovers] = await Promise.all([readPage(list, ledger), ledger.handovers(list.benefitId)]);
  const rows = await Promise.all(
    read.slice(0, PAGE).map((assignment) => rowOf(assignment, handovers, ledger)),
  );
  return {
    rows: rows.filter((row) => row !== undefined),
    hasMore: read.length > PAGE || list.after !== undefined,
  };
}

async function readPage(
  { benefitId, after, found }: HolderList,
  ledger: Ledger,
): Promise<Stored<Assignment>[]> {
  if (!found) return ledger.holders(benefitId, PAGE + 1, after);
  const ids = found.userIds.slice(0, PAGE + 1);
  const read = await Promise.all(ids.map((userId) => ledger.assignment(benefitId, userId)));
  return read.filter((assignment) => assignment !== undefined);
}

async function rowOf(
  { userId, assignedAt: since }: Assignment,
  handovers: readonly Handover[],
  ledger: Ledger,
): Promise<HolderRow | undefined> {
  const user = await ledger.user(userId);
  const planned = handovers.find(({ from }) => from.id === userId);
  return user && { user: summary(user), since, planned: planned ?? null };
}
