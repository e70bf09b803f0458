import type { TurnContext } from 'botbuilder';
import { BenefitError } from '../benefits/errors';
import type { Company } from '../benefits/model';
import { languageOf } from '../benefits/people';
import type { Ports } from '../benefits/ports';
import { type Texts, textsIn } from '../locales/texts';
import type { Conversation } from './conversation';
import type { RouteTurn } from './route';

type Who = Pick<RouteTurn, 'input' | 'ports' | 'person' | 'seen' | 'refused'>;

/** Puts together what a route is given. */
export async function routeTurn(
  who: Who,
  context: TurnContext,
  conversation: Conversation,
): Promise<RouteTurn> {
  const company = companyOf(who.ports);
  return {
    ...who,
    company,
    t: await readersTexts(who, company),
    begin: async (id, start) => (await conversation.begin(context, id, start)).card,
    leave: async () => (await conversation.leave(context))?.card,
  };
}

/** The company, read once and only when it is asked for. */
function companyOf({ ledger }: Ports): () => Promise<Company> {
  let read: Promise<Company> | undefined;
  const company = async () => {
    const found = await ledger.company();
    if (!found) throw new BenefitError('companyNotLoaded');
    return found;
  };
  return () => (read ??= company());
}

/** In the person's language and time zone; the company's are only looked up when neither is known. */
async function readersTexts({ person, seen }: Who, company: () => Promise<Company>): Promise<Texts> {
  const timeZone = seen.timeZone ?? person.chat?.timeZone;
  const language = languageOf(person, seen.language);
  if (language && timeZone) return textsIn(language, timeZone);
  const known = await company();
  return textsIn(language ?? known.language, timeZone ?? known.timeZone);
}
