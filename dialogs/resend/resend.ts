import { mustBeBenefitsAdmin } from '../../benefits/access';
import { findBenefit } from '../../benefits/find';
import { BenefitError } from '../../benefits/errors';
import type { Assignment, Benefit } from '../../benefits/model';
import { resendInstructions, type Resent } from '../../benefits/resend';
import type { AdaptiveCard } from '../../cards/bind';
import { type About, button } from '../../cards/buttons';
import { chooseHeldCard } from '../../cards/choose-held/chooseHeld';
import { messageCard } from '../../cards/message/message';
import { chooseUserStep, type UserDraft } from '../chooseUser';
import { closing } from '../closing';
import { GuidedDialog } from '../guidedDialog';
import { Path, type Move, type Start, type Step } from '../step';
import { idOf, type Turn } from '../turn';

const chooseUser = chooseUserStep<UserDraft>({
  title: (_draft, t) => t('resend.whose'),
  isInside: false,
  check: async () => {},
});

const chooseHeld: Step<UserDraft> = {
  name: 'chooseHeld',

  async show(draft, turn, press, refused) {
    const user = userOf(draft);
    const held = await heldBy(user.id, turn);
    const title = turn.t('resend.which', { user: user.displayName });
    return chooseHeldCard(
      { press, title, user: user.displayName, held, refusal: refused?.text ?? null },
      turn.t,
    );
  },

  presses: {
    chooseHeld: (draft, turn, data, { run }) => send(draft, turn, run, idOf(data, 'benefitId')),
  },

  async says(draft, turn, typed, { run }) {
    const held = await heldBy(userOf(draft).id, turn);
    const found = findBenefit(
      typed,
      held.map(({ benefit }) => benefit),
    );
    if ('one' in found) return send(draft, turn, run, found.one.id);
    throw new BenefitError('notHeld');
  },
};

async function send(draft: UserDraft, turn: Turn, run: string, benefitId: string): Promise<Move<UserDraft>> {
  const press = { operationId: run, by: turn.person.user.id };
  return {
    done: doneCard(
      turn,
      await resendInstructions(turn.ports, press, { benefitId, userId: userOf(draft).id }),
    ),
  };
}

function userOf({ user }: UserDraft) {
  if (!user) throw new Error('no user was chosen before this step');
  return user;
}

async function heldBy(
  userId: string,
  { ports }: Turn,
): Promise<{ benefit: Benefit; assignment: Assignment }[]> {
  const [person, catalogue] = await Promise.all([ports.ledger.person(userId), ports.ledger.benefits()]);
  return (person?.assignments ?? []).flatMap((assignment) => {
    const benefit = catalogue.find(({ id }) => id === assignment.benefitId);
    return benefit ? [{ benefit, assignment }] : [];
  });
}

/** The instructions of an assignment once more (docs/rules.md, rule 12). */
export class ResendDialog extends GuidedDialog<UserDraft> {
  static readonly id = 'resend';

  protected readonly path = new Path([chooseUser, chooseHeld]);
  protected readonly version = '1';
  readonly startVerb = 'resend';
  readonly closings = { resend: closing<Resent>(doneCard) };

  constructor() {
    super(ResendDialog.id);
  }

  protected override about({ user }: UserDraft): About | undefined {
    return user && { userId: user.id };
  }

  mustBeAllowed({ person }: Turn): void {
    mustBeBenefitsAdmin(person.user);
  }
}

function doneCard({ t }: Turn, { benefit, user, addresses }: Resent): AdaptiveCard {
  const facts = { benefit: benefit.name, user: user.displayName };
  const emails = new Intl.ListFormat(t.language).format(addresses);
  return messageCard(
    t,
    t('resend.done', facts),
    [t('resend.text', { ...facts, emails })],
    [button(t, 'help')],
  );
}

/** `resend <benefit> to <user>`, typed in one line. */
export function resendInOneLine(benefit: string, user: string | undefined): Start<UserDraft> {
  return {
    draft: {},
    said: { [chooseHeld.name]: benefit, ...(user !== undefined && { [chooseUser.name]: user }) },
  };
}
