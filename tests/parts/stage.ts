import type { Language, TextKey, Texts } from '../../locales/texts';
import type { Json } from './card';
import type { Chatter } from './chatter';
import type { OpenCompany } from './company';

type About = Parameters<OpenCompany['person']>[1];

const LOCALES: Record<Language, string> = { en: 'en-US', fr: 'fr-FR' };
const IN_ONE_LINE = {
  en: { assign: 'assign', resend: 'resend', to: 'to' },
  fr: { assign: 'attribuer', resend: 'renvoyer', to: 'à' },
};

/** A company whose people all speak one language, the steps that they take there, and all the cards that they see. */
export class Stage {
  readonly seen: Json[] = [];

  constructor(
    readonly company: OpenCompany,
    readonly t: Texts,
  ) {}

  person(name: string, about: About = {}): Chatter {
    const person = this.company.person(name, { locale: LOCALES[this.t.language], ...about });
    const send = person.send.bind(person);
    person.send = async (activity) => {
      const posted = await send(activity);
      if (person.messageCount > 0) this.seen.push(person.card);
      return posted;
    };
    return person;
  }

  /** Somebody who has just said this. */
  async says(name: string, text: string, about?: About): Promise<Chatter> {
    const person = this.person(name, about);
    await person.says(text);
    return person;
  }

  /** Somebody who has just got the bot. */
  async arrives(name: string): Promise<Chatter> {
    const person = this.person(name);
    await person.send({ type: 'installationUpdate', action: 'add' });
    return person;
  }

  async clicks(person: Chatter, label: TextKey): Promise<Chatter> {
    await person.clicks(this.t(label));
    return person;
  }

  /** An admin who has said so in one line. */
  async assigns(what: string, whom?: string, admin = this.person('Adele Vance')): Promise<Chatter> {
    const { assign, to } = IN_ONE_LINE[this.t.language];
    await admin.says([assign, what, ...(whom ? [to, whom] : [])].join(' '));
    return admin;
  }

  /** An admin who has the instructions sent once more. */
  async resends(what: string, whom: string, admin = this.person('Adele Vance')): Promise<Chatter> {
    const { resend, to } = IN_ONE_LINE[this.t.language];
    await admin.says([resend, what, to, whom].join(' '));
    return admin;
  }

  /** An admin who has assigned a support benefit to Alex. */
  async assignedSupport(): Promise<Chatter> {
    return this.clicks(await this.givesAlternateEmail(), 'button.assignUser');
  }

  /** An admin who has assigned what asks for no more. */
  async assigned(what: string, whom?: string): Promise<Chatter> {
    return this.clicks(await this.assigns(what, whom), 'button.assignUser');
  }

  /** An admin who has given an alternate e-mail for Alex. */
  async givesAlternateEmail(typed = 'alex@fabrikam.com'): Promise<Chatter> {
    const admin = await this.assigns('cloud-support-incidents', 'Alex Wilber');
    admin.fills(this.t('alternateEmail.label'), typed);
    return this.clicks(admin, 'button.giveAlternateEmail');
  }

  /** An admin who has the form for a new user before them. */
  async opensForm(admin?: Chatter): Promise<Chatter> {
    return this.clicks(await this.assigns('power-bi-pro', undefined, admin), 'button.openAddUser');
  }

  async addsUser(displayName: string, email: string, admin?: Chatter, more: Json = {}): Promise<Chatter> {
    const adding = await this.opensForm(admin);
    adding.fills(this.t('addUser.name'), displayName);
    adding.fills(this.t('addUser.email'), email);
    await adding.presses(adding.button(this.t('button.addUser')), more);
    return adding;
  }

  /** An admin who searches where several users fitted. */
  async searches(typed: string): Promise<Chatter> {
    const admin = await this.assigns('power-bi-pro', 'Dupont');
    admin.fills(this.t('chooseUser.searchLabel'), typed);
    return this.clicks(admin, 'button.searchUsers');
  }
}
