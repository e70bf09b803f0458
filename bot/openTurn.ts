import type { TurnContext } from 'botbuilder';
import { BenefitError } from '../benefits/errors';
import type { Person } from '../benefits/model';
import { type IsFirstAdmin, languageOf, remember, type Seen, whoIs } from '../benefits/people';
import { releaseOpenNotices } from '../benefits/notices';
import type { Ports } from '../benefits/ports';
import { type Input, setTurn, type Turn } from '../dialogs/turn';
import { type Texts, textsIn } from '../locales/texts';
import { nameOf } from './commands';
import type { Conversation } from './conversation';
import { consentMessage } from './files/consentCards';
import type { RouteTurn } from './route';
import { isApart } from './routes';
import { seenIn, signInOf, tenantOf } from './speaker';
import { afterAnswer } from './teamsAdapter';
import { turnPorts } from './turnPorts';

/** What turns are opened with. */
export interface OpeningParts {
  readonly conversation: Conversation;
  /** What use cases are handed, for one company. */
  readonly portsOf: (tenantId: string) => Ports;
  readonly isFirstAdmin: (tenantId: string) => IsFirstAdmin;
}

export interface Who {
  readonly ports: Ports;
  readonly person: Person;
  readonly seen: Seen;
}

/** Who speaks. @throws BenefitError as `whoIs` does */
export function identify(context: TurnContext, parts: OpeningParts): Promise<Who> {
  return identifyWith(portsOfTurn(context, parts), context, parts);
}

const portsOfTurn = ({ activity }: TurnContext, { portsOf }: OpeningParts): Ports =>
  turnPorts(portsOf(tenantOf(activity)));

async function identifyWith(
  ports: Ports,
  context: TurnContext,
  { isFirstAdmin }: OpeningParts,
): Promise<Who> {
  const { activity } = context;
  const person = await whoIs(ports, signInOf(context), isFirstAdmin(tenantOf(activity)));
  return { ports, person, seen: seenIn(activity) };
}

/**
 * Who speaks, and all that their turn needs, read in one round; keeps how they are reached once the answer is out.
 * @param refused told of what is refused on a card
 * @throws BenefitError as `whoIs` does
 */
export async function openTurn(
  context: TurnContext,
  { input, refused }: Pick<Turn, 'input' | 'refused'>,
  parts: OpeningParts,
): Promise<RouteTurn> {
  const { conversation } = parts;
  const ports = portsOfTurn(context, parts);
  const [who] = await Promise.all([identifyWith(ports, context, parts), readFor(input)]);
  const turn = await turnOf({ ...who, input, refused }, context, conversation);
  setTurn(context, turn);
  afterAnswer(context, () => keepInTouch(who));
  return turn;

  /** What is said apart from the dialogs doesn't need their state. */
  async function readFor(input: Input): Promise<void> {
    const name = nameOf(input);
    if (isApart(name)) return;
    conversation.readAhead(ports.ledger, name, input);
    await conversation.load(context);
  }
}

type Answered = Who & Pick<Turn, 'input' | 'refused'>;

/** Puts together what a route is given. */
export async function turnOf(
  who: Answered,
  context: TurnContext,
  conversation: Conversation,
): Promise<RouteTurn> {
  const company = async () => {
    const found = await who.ports.ledger.companyShown();
    if (!found) throw new BenefitError('companyNotLoaded');
    return found;
  };
  return {
    ...who,
    company,
    t: await readersTexts(who, company),
    offer: (file) =>
      afterAnswer(context, async (lasting) => void (await lasting.sendActivity(consentMessage(file)))),
    begin: async (id, start) => (await conversation.begin(context, id, start)).card,
    leave: async () => (await conversation.leave(context))?.card,
  };
}

/** In the person's language and time zone; the company's are only looked up when either isn't known. */
async function readersTexts({ person, seen }: Who, company: Turn['company']): Promise<Texts> {
  const timeZone = seen.timeZone ?? person.chat?.timeZone;
  const language = languageOf(person, seen.language);
  if (language && timeZone) return textsIn(language, timeZone);
  const known = await company();
  return textsIn(language ?? known.language, timeZone ?? known.timeZone);
}

/** How a person is reached, and what could not be told to them until now. */
async function keepInTouch({ ports, person, seen }: Who): Promise<void> {
  await remember(ports, person, seen);
  await releaseOpenNotices(ports, person);
}
