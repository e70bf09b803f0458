import { mustBeBenefitsAdmin } from '../benefits/access';
import { BenefitError } from '../benefits/errors';
import { notYetActive } from '../benefits/activation';
import { heldBy } from '../benefits/myBenefits';
import { chooseLanguage, type Seen } from '../benefits/people';
import { undoAssignment } from '../benefits/undo';
import type { AdaptiveCard } from '../cards/bind';
import { button } from '../cards/buttons';
import { helpCard } from '../cards/help/help';
import { messageCard } from '../cards/message/message';
import { myBenefitsCard } from '../cards/my-benefits/myBenefits';
import { AssignBenefitDialog, assignInOneLine } from '../dialogs/assign-benefit/assignBenefit';
import type { GuidedDialog } from '../dialogs/guidedDialog';
import type { Start } from '../dialogs/step';
import { choose } from '../dialogs/mark-active/choosePending';
import { MarkActiveDialog } from '../dialogs/mark-active/markActive';
import { ResendDialog, resendInOneLine } from '../dialogs/resend/resend';
import { idOf, type PressData, type Turn } from '../dialogs/turn';
import { type CommandName, type Language, textsIn, type Verb } from '../locales/texts';
import { mayStart, whomToAsk } from './answers';
import { type Command, nearestCommand } from './commands';

/** A turn, with what only the bot's own routes need. */
export interface RouteTurn extends Turn {
  readonly seen: Seen;
  readonly command?: Command;
  /** Starts a guided dialog; one that is under way is left. */
  begin<Draft extends object>(id: string, start: Start<Draft>): Promise<AdaptiveCard>;
  /** Leaves the dialog that is under way; undefined when none is. */
  leave(): Promise<AdaptiveCard | undefined>;
}

type Route = (turn: RouteTurn) => Promise<AdaptiveCard>;
type DialogVerb =
  | 'chooseBenefit'
  | 'moreBenefits'
  | 'allBenefits'
  | 'chooseUser'
  | 'searchUsers'
  | 'openAddUser'
  | 'addUser'
  | 'giveAlternateEmail'
  | 'assignUser'
  | 'choosePending'
  | 'morePending'
  | 'confirmActive'
  | 'chooseHeld'
  | 'back'
  | 'cancel';
export type RouteName = CommandName | Exclude<Verb, DialogVerb>;

/** Whatever can be typed or pressed outside a dialog, and what answers it: a command and its button share one name. */
export const routes: Readonly<Record<RouteName, Route>> = {
  help,
  assign,
  assignAnother: ({ input, begin }) =>
    begin(AssignBenefitDialog.id, assignInOneLine(idOf(dataOf(input), 'benefitId'), undefined)),
  undo,
  resend,
  activations: ({ begin }) => begin(MarkActiveDialog.id, { draft: {} }),
  markActive,
  notYet,
  myBenefits,
  moreMine: myBenefits,
  english: (turn) => speak(turn, 'en'),
  french: (turn) => speak(turn, 'fr'),
  language: async ({ t }) =>
    messageCard(t, t('language.title'), [t('language.ask')], [button(t, 'english'), button(t, 'french')]),
  greet: async ({ t, person }) =>
    messageCard(
      t,
      t('greet.title', { name: person.user.displayName }),
      [t('greet.text')],
      startButtons({ t, person }),
    ),
  cancel: async ({ t, person, leave }) =>
    (await leave()) ??
    messageCard(t, t('nothingToCancel.title'), [t('nothingToCancel.text')], startButtons({ t, person })),
};

/** The dialogs that routes start. */
export const dialogs: readonly GuidedDialog<object>[] = [
  new AssignBenefitDialog(),
  new MarkActiveDialog(),
  new ResendDialog(),
];

/** Buttons whose answer ends what their card was for: it is written to the message, too, for whoever sees that. */
export const closingRoutes: readonly RouteName[] = ['undo', 'notYet'];

async function help({ t, person }: RouteTurn): Promise<AdaptiveCard> {
  return helpCard({ may: mayStart(person.user) }, t);
}

function assign({ command, begin }: RouteTurn): Promise<AdaptiveCard> {
  const said = command && 'benefit' in command ? command : undefined;
  return begin(AssignBenefitDialog.id, said ? assignInOneLine(said.benefit, said.user) : { draft: {} });
}

function resend({ command, begin }: RouteTurn): Promise<AdaptiveCard> {
  const said = command && 'benefit' in command ? command : undefined;
  return begin(ResendDialog.id, said ? resendInOneLine(said.benefit, said.user) : { draft: {} });
}

async function undo({ input, person, ports, t }: RouteTurn): Promise<AdaptiveCard> {
  const data = dataOf(input);
  const press = { operationId: idOf(data, 'operationId'), by: person.user.id };
  const [benefitId, userId, madeBy] = ['benefitId', 'userId', 'madeBy'].map((field) => idOf(data, field));
  if (!benefitId || !userId || !madeBy) throw new BenefitError('undoNothing');
  const { benefit, user } = await undoAssignment(ports, press, { benefitId, userId, madeBy });
  const text = t('undone.text', { benefit: benefit.name, user: user.displayName });
  return messageCard(
    t,
    t('undone.title'),
    [text],
    [
      benefit.isOnlyForSelf ? button(t, 'assign') : button(t, 'assignAnother', { benefitId }),
      button(t, 'help'),
    ],
  );
}

/** From a notice that asks about one activation straight to its confirmation. */
async function markActive(turn: RouteTurn): Promise<AdaptiveCard> {
  mustBeBenefitsAdmin(turn.person.user);
  const data = dataOf(turn.input);
  const move = await choose({}, turn, idOf(data, 'benefitId'), idOf(data, 'userId'), idOf(data, 'madeBy'));
  return turn.begin(MarkActiveDialog.id, { draft: 'draft' in move ? move.draft : {} });
}

async function notYet({ input, person, ports, t }: RouteTurn): Promise<AdaptiveCard> {
  const data = dataOf(input);
  const press = { operationId: idOf(data, 'operationId'), by: person.user.id };
  const [benefitId, userId, madeBy] = [idOf(data, 'benefitId'), idOf(data, 'userId'), idOf(data, 'madeBy')];
  const order = { benefitId, userId, madeBy };
  const { benefit, user, expectedOn } = await notYetActive(ports, press, order);
  const facts = { benefit: benefit.name, user: user.displayName, expectedOn: { date: expectedOn } };
  return messageCard(t, t('notYet.title'), [t('notYet.text', facts)], [button(t, 'activations')]);
}

/** So many of a person's benefits fit a card. */
const PAGE = 12;

async function myBenefits({ input, person, ports, t, company }: RouteTurn): Promise<AdaptiveCard> {
  const from = Math.max(0, Number(dataOf(input).from ?? 0)) || 0;
  const [catalogue, { timeZone }] = await Promise.all([ports.ledger.benefits(), company()]);
  const held = heldBy(person, catalogue, timeZone, ports.now());
  if (held.length === 0) {
    const paragraphs = [t('myBenefits.none'), await whomToAsk(t, ports.ledger)];
    return messageCard(t, t('myBenefits.title'), paragraphs, [button(t, 'help')]);
  }
  const next = from + PAGE < held.length ? from + PAGE : null;
  return myBenefitsCard({ held: held.slice(from, from + PAGE), next }, t);
}

async function speak({ ports, person, seen }: RouteTurn, language: Language): Promise<AdaptiveCard> {
  await chooseLanguage(ports, person, language, seen);
  const t = textsIn(language, seen.timeZone ?? 'UTC');
  return messageCard(t, t('language.title'), [t('language.set')], startButtons({ t, person }));
}

/** An answer to what is no command: the nearest one as a button. */
export function notUnderstood({ t, person }: Turn, text: string): AdaptiveCard {
  const near = nearestCommand(text);
  const may = mayStart(person.user);
  const isNear = near !== undefined && may.some((verb) => verb === near);
  if (!isNear)
    return messageCard(t, t('notUnderstood.title'), [t('notUnderstood.text')], startButtons({ t, person }));
  const nearest = may.filter((verb) => verb === near).map((verb) => button(t, verb));
  return messageCard(t, t('notUnderstood.title'), [t('notUnderstood.near')], [...nearest, button(t, 'help')]);
}

/** The first words to a person. */
export async function welcome({ t, person, company }: Turn): Promise<AdaptiveCard> {
  const may = mayStart(person.user);
  const facts = { name: person.user.displayName, company: (await company()).name };
  const text = may.includes('assign') ? t('welcome.admin', facts) : t('welcome.employee', facts);
  return messageCard(t, t('welcome.title', facts), [text], startButtons({ t, person }));
}

const startButtons = ({ t, person }: Pick<Turn, 't' | 'person'>) => [
  ...mayStart(person.user).map((verb) => button(t, verb)),
  button(t, 'help'),
];

const dataOf = (input: Turn['input']): PressData => ('data' in input ? input.data : {});
