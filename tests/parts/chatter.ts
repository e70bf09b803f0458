import { randomUUID } from 'node:crypto';
import { actionsOf, inputsOf, type Json, textsOf } from './card';
import type { Member, Message, Teams } from './teams';

export interface Posted {
  readonly status: number;
  readonly text: string;
}

export interface Bot {
  post(activity: object): Promise<Posted>;
}

/** A person in their private chat with the bot, or where others read along: says, clicks buttons by their label, sees. */
export class Chatter {
  locale: string | undefined;
  /** What stands in the place of a pressed card, for this person, by message. */
  private readonly views = new Map<string, { readonly card: Json; readonly updates: number }>();
  private filled: Json = {};
  /** The last activity that was sent, to be sent once more. */
  private last: Json = {};

  constructor(
    readonly member: Member,
    readonly tenantId: string,
    private readonly teams: Teams,
    private readonly bot: Bot,
    locale: string,
    private readonly place = { id: `a:${randomUUID()}`, conversationType: 'personal' },
  ) {
    this.locale = locale;
    teams.members.set(member.id, member);
  }

  get conversationId(): string {
    return this.place.id;
  }

  /** The same person in a group chat or a channel. */
  among(id: string, conversationType: 'groupChat' | 'channel'): Chatter {
    const { member, tenantId, teams, bot, locale = '' } = this;
    return new Chatter(member, tenantId, teams, bot, locale, { id, conversationType });
  }

  /** The card that the person looks at: the newest message, as they see it; Teams' own cards for files aside. */
  get card(): Json {
    const message = this.newest;
    if (!message) throw new Error(`${this.member.name} has got no message`);
    const view = this.views.get(message.id);
    // Whoever writes over a message takes every view's place.
    return view?.updates === message.updates ? view.card : storedCard(message.activity);
  }

  get messageCount(): number {
    return this.teams.messagesOf(this.conversationId).length;
  }

  /** The newest message as it is stored, which another device may show. */
  get storedCard(): Json {
    return storedCard(this.newest?.activity ?? {});
  }

  async says(text: string): Promise<Posted> {
    return this.send({ type: 'message', text });
  }

  /** Fills in an input of the card by its label; a choice by its title. */
  fills(label: string, value: string): void {
    const input = inputsOf(this.card).find((each) => each.label === label);
    if (!input) throw new Error(`no input "${label}" in:\n${this.reads()}`);
    const choices = (input.choices as { title: string; value: string }[] | undefined) ?? [];
    if (input.type === 'Input.ChoiceSet') {
      const choice = choices.find(({ title }) => title.startsWith(value));
      if (!choice) throw new Error(`no choice "${value}" in ${choices.map(({ title }) => title).join(', ')}`);
      this.filled[String(input.id)] = choice.value;
    } else {
      this.filled[String(input.id)] = value;
    }
  }

  /** Ticks these choices of a list, by their titles or the start of them, and no others. */
  picks(label: string, titles: readonly string[]): void {
    const input = inputsOf(this.card).find((each) => each.label === label);
    const choices = (input?.choices as { title: string; value: string }[] | undefined) ?? [];
    const values = titles.map((title) => choices.find((choice) => choice.title.startsWith(title))?.value);
    if (values.includes(undefined)) throw new Error(`not all of ${titles.join(', ')} in:\n${this.reads()}`);
    this.filled[String(input?.id)] = values.join(',');
  }

  /** Presses a button, or a row, of the card that is seen, by its label or the start of it. */
  async clicks(label: string): Promise<Posted> {
    return this.presses(this.button(label));
  }

  button(label: string): Json {
    const buttons = actionsOf(this.card);
    const found =
      buttons.find(({ title }) => title === label) ??
      buttons.find(({ title }) => String(title).startsWith(label));
    if (!found) throw new Error(`no button "${label}" in:\n${this.reads()}`);
    return found;
  }

  /** Presses a button of any card, an old one too. `data` changes what it carries. */
  async presses({ verb, data, type }: Json, changed: Json = {}, on = this.newestId): Promise<Posted> {
    if (type !== 'Action.Execute') throw new Error(`${String(type)} is no press`);
    const action = { type, verb, data: { ...(data as Json), ...this.inputs(), ...changed } };
    this.filled = {};
    return this.send({ type: 'invoke', name: 'adaptiveCard/action', value: { action }, replyToId: on });
  }

  get newestId(): string | undefined {
    return this.newest?.id;
  }

  private get newest(): Message | undefined {
    return this.teams.messagesOf(this.conversationId).findLast((message) => !fileIn(message));
  }

  /** Sends a file, which Teams puts into the person's OneDrive. */
  async sendsFile(name: string, bytes: Uint8Array, changed: Json = {}): Promise<Posted> {
    const content = { downloadUrl: this.teams.oneDrive.shares(bytes), uniqueId: randomUUID(), ...changed };
    const contentType = `${FILE}.download.info`;
    return this.send({ type: 'message', attachments: [{ contentType, name, content }] });
  }

  /** Allows the file that was offered last to be saved. */
  async accepts(changed: Json = {}): Promise<Posted> {
    const { name = '', content, id } = this.offered;
    const uploadInfo = { ...this.teams.oneDrive.makesRoom(name), ...changed };
    const value = { type: 'fileUpload', action: 'accept', context: content.acceptContext, uploadInfo };
    return this.send({ type: 'invoke', name: 'fileConsent/invoke', value, replyToId: id });
  }

  async declines(): Promise<Posted> {
    const { content, id } = this.offered;
    const value = { type: 'fileUpload', action: 'decline', context: content.declineContext };
    return this.send({ type: 'invoke', name: 'fileConsent/invoke', value, replyToId: id });
  }

  /** Teams' question whether a file may be saved, the newest that stands in the chat. */
  get offered(): { readonly name?: string; readonly content: Json; readonly id: string } {
    const asked = this.teams
      .messagesOf(this.conversationId)
      .findLast((message) => fileIn(message)?.contentType === CONSENT);
    const file = asked && fileIn(asked);
    if (!file) throw new Error(`${this.member.name} was offered no file but sees:\n${this.reads()}`);
    return { name: file.name, content: file.content as Json, id: asked.id };
  }

  /** The files that the person has got, by name. */
  get files(): Record<string, Buffer | undefined> {
    const got = this.teams.messagesOf(this.conversationId).flatMap((message) => fileIn(message) ?? []);
    const stored = got.filter(({ contentType }) => contentType === INFO);
    return Object.fromEntries(
      stored.map(({ name, content }) => [
        name,
        this.teams.oneDrive.uploaded.get(String((content as Json).uniqueId)),
      ]),
    );
  }

  /** Sends the last activity again: with a new id and time, as Teams does when an answer was slow. */
  async sendsAgain(change: Json = {}): Promise<Posted> {
    return this.send({ ...this.last, id: randomUUID(), timestamp: new Date().toISOString(), ...change });
  }

  /** Sends the very same activity once more. */
  async repeats(): Promise<Posted> {
    return this.send(this.last);
  }

  /** Sends any activity, and takes the card of its answer as the view of the message that was pressed. */
  async send(activity: Json): Promise<Posted> {
    this.last = { ...this.envelope(), id: randomUUID(), ...activity };
    const posted = await this.bot.post(this.last);
    const card = cardIn(posted);
    const { replyToId } = activity;
    const message = this.teams.messagesOf(this.conversationId).find(({ id }) => id === replyToId);
    if (card && message) this.views.set(message.id, { card, updates: message.updates });
    return posted;
  }

  /** A line that the card must have, or part of it. */
  sees(...texts: string[]): void {
    for (const text of texts) {
      if (!this.reads().includes(withPlainSpaces(text)))
        throw new Error(`${this.member.name} doesn't see "${text}" but:\n${this.reads()}`);
    }
  }

  seesNot(...texts: string[]): void {
    for (const text of texts) {
      if (this.reads().includes(withPlainSpaces(text)))
        throw new Error(`${this.member.name} sees "${text}" in:\n${this.reads()}`);
    }
  }

  /** All that stands on the card, a line each. */
  reads(): string {
    return withPlainSpaces(textsOf(this.card).join('\n'));
  }

  /** The value that an input shows. */
  holds(label: string): unknown {
    return inputsOf(this.card).find((each) => each.label === label)?.value;
  }

  choices(label: string): string[] {
    const input = inputsOf(this.card).find((each) => each.label === label);
    return ((input?.choices as { title: string }[] | undefined) ?? []).map(({ title }) => title);
  }

  private inputs(): Json {
    const shown = inputsOf(this.card).map(({ id, value }) => [String(id), value]);
    const all = { ...Object.fromEntries(shown), ...this.filled };
    // Clients leave out what is empty.
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined && value !== ''));
  }

  private envelope(): Json {
    return {
      channelId: 'msteams',
      serviceUrl: this.teams.serviceUrl,
      timestamp: new Date().toISOString(),
      locale: this.locale,
      localTimezone: 'Europe/Paris',
      from: { id: this.member.id, name: this.member.name, aadObjectId: this.member.aadObjectId },
      recipient: { id: '28:bot', name: 'Partner Benefits' },
      conversation: { ...this.place, tenantId: this.tenantId },
      channelData: { tenant: { id: this.tenantId } },
    };
  }
}

const FILE = 'application/vnd.microsoft.teams.file';
const CONSENT = 'application/vnd.microsoft.teams.card.file.consent';
const INFO = 'application/vnd.microsoft.teams.card.file.info';

/** One of Teams' own cards for files. */
const fileIn = ({ activity: { attachments = [] } }: Message) =>
  attachments.find(({ contentType }) => contentType === CONSENT || contentType === INFO);

/** Spaces that don't break look like any other. */
const withPlainSpaces = (text: string): string => text.replace(/\u00a0/g, ' ');

function storedCard(activity: { readonly attachments?: readonly { readonly content: object }[] }): Json {
  const content = activity.attachments?.[0]?.content;
  if (!content) throw new Error(`the message has no card: ${JSON.stringify(activity)}`);
  return content as Json;
}

function cardIn({ status, text }: Posted): Json | undefined {
  if (status !== 200 || text === '') return undefined;
  const { type, value } = JSON.parse(text) as { type?: string; value?: Json };
  return type === 'application/vnd.microsoft.card.adaptive' ? value : undefined;
}
