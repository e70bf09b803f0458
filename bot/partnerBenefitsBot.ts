import { ActivityTypes, type TurnContext } from 'botbuilder';
import { mustBeActive } from '../benefits/access';
import { BenefitError, type RefusalCode } from '../benefits/errors';
import type { Company } from '../benefits/model';
import { releaseOpenNotices } from '../benefits/notices';
import { becomeUnreachable, remember } from '../benefits/people';
import { type Input, setTurn, turnIn } from '../dialogs/turn';
import { type Texts, textsIn } from '../locales/texts';
import { noteRefusal } from './attempts';
import { answerTurn } from './answerTurn';
import { faultCard, openChatCard, type PartnerLinks, refusalCard } from './answers';
import { nameOf } from './commands';
import type { DialogAnswer } from './conversation';
import { answerEmpty, answerInvoke, answerWithCard, cardMessage } from './delivery';
import { consentGiven, type ConsentParts, QuestionInChat } from './files/consent';
import { identify, type OpeningParts, openTurn, turnOf } from './openTurn';
import { inputOf, isInvoke } from './press';
import { suggestions } from './route';
import { welcome } from './routes/talk';
import { isArrival, isDeparture, isPrivate, seenIn, signInOf, tenantOf } from './speaker';
import { afterAnswer } from './teamsAdapter';
import type { TurnEnd } from './telemetry';
import { turnScope } from './turnScope';
import { answerTypeahead } from './typeahead';
import { type Patience, typingMeanwhile } from './typing';

export interface BotParts extends OpeningParts, ConsentParts {
  readonly links: PartnerLinks;
  /** Told how each turn ended, beside the log. */
  readonly onTurn?: (end: TurnEnd) => void;
  readonly patience: Patience;
}

/** What is found out in a turn for its end. */
interface LogLine {
  route: string;
  outcome: 'ok' | 'fault' | 'ignored';
  refused?: RefusalCode;
}

const FILE_CONSENT = 'fileConsent/invoke';

/** Activity → route → one card. */
export class PartnerBenefitsBot {
  constructor(private readonly parts: BotParts) {}

  readonly run = async (context: TurnContext): Promise<void> => {
    const started = performance.now();
    const line: LogLine = { route: kindOf(context), outcome: 'ok' };
    try {
      await this.answer(context, line);
    } catch (error) {
      line.outcome = 'fault';
      await this.tellFault(context, error, line);
    } finally {
      this.end(line, performance.now() - started);
    }
  };

  private end({ route, outcome, refused }: LogLine, ms: number): void {
    const isRefused = outcome === 'ok' && refused !== undefined;
    const storageCalls = turnScope.requests();
    const said = isRefused ? `refused: ${refused}` : outcome;
    this.parts.log.info({ route, outcome: said, ms: Math.round(ms), storageCalls }, 'turn');
    this.parts.onTurn?.({ route, outcome: isRefused ? 'refused' : outcome, refused, ms, storageCalls });
  }

  private async answer(context: TurnContext, line: LogLine): Promise<void> {
    const { activity } = context;
    if (activity.type === 'message' || isInvoke(activity, 'adaptiveCard/action'))
      return this.answerPerson(context, line);
    if (isInvoke(activity, 'application/search')) return this.typeahead(context, line);
    if (isInvoke(activity, FILE_CONSENT)) return this.answerConsent(context, line);
    if (isArrival(activity) && isPrivate(activity)) return this.welcome(context, line);
    if (isDeparture(activity) && isPrivate(activity)) return this.departure(context, line);
    line.outcome = 'ignored';
  }

  /** The bot was removed: what is for this person waits until they come again, and is told by e-mail meanwhile. */
  private async departure(context: TurnContext, line: LogLine): Promise<void> {
    line.route = 'departure';
    await becomeUnreachable(this.parts.portsOf(tenantOf(context.activity)), signInOf(context));
  }

  private async answerPerson(context: TurnContext, line: LogLine): Promise<void> {
    const input = inputOf(context.activity);
    const done = { what: nameOf(input), isPress: 'verb' in input };
    if (isPrivate(context.activity)) {
      const work = () => this.privately(context, input, line);
      // A press shows Teams' own progress.
      const isTyped = context.activity.type === 'message';
      const answer = await (isTyped ? typingMeanwhile(context, this.parts, work) : work());
      if (line.refused) noteRefusal(context, this.parts, { code: line.refused, ...done });
      return answerWithCard(context, answer);
    }
    line.route = 'group';
    noteRefusal(context, this.parts, { code: 'inGroup', ...done });
    const card = openChatCard(strangersTexts(context), context.activity.recipient.id);
    return answerWithCard(context, { card, isClosed: false });
  }

  private async privately(context: TurnContext, input: Input, line: LogLine): Promise<DialogAnswer> {
    const { conversation, log } = this.parts;
    const refused = ({ code }: BenefitError) => void (line.refused = code);
    const answer = await this.orRefusal(context, line, async () => {
      const turn = await openTurn(context, { input, refused }, this.parts);
      line.route = nameOf(input);
      mustBeActive(turn.person.user);
      return answerTurn(context, turn, this.parts);
    });
    const onLost = (err: unknown) => log.warn({ err, route: line.route }, 'state not kept after a commit');
    return conversation.save(context, answer, onLost);
  }

  private async typeahead(context: TurnContext, line: LogLine): Promise<void> {
    line.route = 'typeahead';
    await answerTypeahead(context, this.parts, ({ code }) => {
      line.refused = code;
      noteRefusal(context, this.parts, { code, what: line.route, isPress: true });
    });
  }

  /** Yes or no to a file that was offered: what comes of it is told in place of the question. */
  private async answerConsent(context: TurnContext, line: LogLine): Promise<void> {
    line.route = 'fileConsent';
    const done = { what: line.route, isPress: true };
    if (!isPrivate(context.activity)) {
      noteRefusal(context, this.parts, { code: 'inGroup', ...done });
      return answerEmpty(context);
    }
    const answer = await this.orRefusal(context, line, async () => {
      const input = { text: '' };
      const who = await identify(context, this.parts);
      const turn = await turnOf({ ...who, input, refused: () => {} }, context, this.parts.conversation);
      setTurn(context, turn);
      // What a turn has read is not to be kept for minutes.
      const ports = this.parts.portsOf(tenantOf(context.activity));
      const card = await consentGiven(context, { ...turn, ports }, this.parts);
      return card && { card, isClosed: false };
    });
    if (line.refused) noteRefusal(context, this.parts, { code: line.refused, ...done });
    await answerEmpty(context);
    if (answer)
      afterAnswer(context, (lasting) => new QuestionInChat(lasting, this.parts.log).shows(answer.card));
  }

  /** Once a person: Teams, too, tells of an arrival more than once. */
  private async welcome(context: TurnContext, line: LogLine): Promise<void> {
    line.route = 'arrival';
    const { conversation } = this.parts;
    const answer = await this.orRefusal(context, line, async () => {
      const who = await identify(context, this.parts);
      mustBeActive(who.person.user);
      const isKnown = (await remember(who.ports, who.person, who.seen)) === 'known';
      afterAnswer(context, () => releaseOpenNotices(who.ports, who.person));
      if (isKnown) return undefined;
      const turn = await turnOf({ ...who, input: { text: '' }, refused: () => {} }, context, conversation);
      return { card: await welcome(turn), isClosed: false, suggested: suggestions(turn) };
    });
    // A refusal isn't said once for each of the activities that tell of one arrival.
    const isSaid = line.refused === undefined || context.activity.type === 'installationUpdate';
    if (answer && isSaid) await answerWithCard(context, answer);
  }

  private async orRefusal<T>(
    context: TurnContext,
    line: LogLine,
    work: () => Promise<T>,
  ): Promise<T | DialogAnswer> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof BenefitError)) throw error;
      line.refused = error.code;
      const { ledger } = this.parts.portsOf(tenantOf(context.activity));
      const t = turnIn(context)?.t ?? strangersTexts(context, await ledger.company());
      return { card: await refusalCard(error, t, ledger, this.parts.links), isClosed: false };
    }
  }

  /** The person gets a reference; the operator finds it in the log, with the cause and the place. */
  private async tellFault(context: TurnContext, err: unknown, line: LogLine): Promise<void> {
    const reference = this.parts.portsOf(tenantOf(context.activity)).random(4).toUpperCase();
    this.parts.log.error({ err, reference, route: line.route }, 'fault');
    const { activity } = context;
    const t = turnIn(context)?.t ?? strangersTexts(context);
    const isConsent = isInvoke(activity, FILE_CONSENT);
    if (activity.type === 'message' || isConsent)
      await context.sendActivity(cardMessage(faultCard(t, reference)));
    if (isConsent) return answerEmpty(context);
    if (activity.type !== 'invoke') return;
    // The card that was pressed stays, with what was typed into it.
    await answerInvoke(context, 'application/vnd.microsoft.activity.message', t('fault.text', { reference }));
  }
}

const KINDS: readonly string[] = Object.values(ActivityTypes);

/** What a turn is called until it is known what is asked for: not just anything that was sent. */
const kindOf = ({ activity }: TurnContext): string =>
  KINDS.includes(activity.type) ? activity.type : 'other';

/** While it isn't known who speaks: in the language of their client, else of the company. */
function strangersTexts({ activity }: TurnContext, company?: Company): Texts {
  const { language, timeZone } = seenIn(activity);
  return textsIn(language ?? company?.language ?? 'en', timeZone ?? company?.timeZone ?? 'UTC');
}
