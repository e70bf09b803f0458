import type { Role } from '../../benefits/model';
import type { Chatter } from './chatter';
import { openCompany } from './company';

export const HOURS = 'partner-advisory-hours';
export const GOLD = 'partner-advisory-hours-gold';
export const PRESALES = 'technical-presales';

type Fields = Readonly<Record<string, string>>;

/** What is filled in on the first card of the form, by label. */
export const WHAT = {
  Title: 'Azure landing zone',
  Description: 'A second pair of eyes on our network design.',
  Product: 'Azure',
  Phase: 'Design',
  Hours: '4',
};
/** What is filled in on the second; the rest is known. */
export const WHERE = { 'Phone with country code': '+33 1 99 00 00 00' };

const PEOPLE = ['adele-vance', 'nestor-wilke', 'camille-durand', 'alex-wilber', 'diego-siciliani'];

/** A company in which Adele is an admin, and Alex an employee who holds 10 advisory hours. */
export async function openRequesting() {
  const company = await openCompany({
    sends: true,
    load: (file) => ({ ...file, users: file.users.filter(({ id }) => PEOPLE.includes(id)) }),
  });
  const admin = company.person('Adele Vance');
  const employee = company.person('Alex Wilber');
  for (const person of [admin, employee]) await person.says('help');
  await gives(HOURS);
  return { company, admin, employee, gives, arrives, holder, requests, used, all, titles, becomes };

  async function gives(benefitId: string, user = 'Alex Wilber'): Promise<void> {
    await admin.says(`assign ${benefitId} to ${user}`);
    await admin.clicks('Assign user');
    await company.works();
  }

  /** Somebody who has got all that waited for them. */
  async function arrives(name: string): Promise<Chatter> {
    const person = company.person(name);
    await person.says('help');
    await company.works();
    return person;
  }

  /** Another employee, who was given this. */
  async function holder(benefitId = HOURS): Promise<Chatter> {
    const diego = await arrives('Diego Siciliani');
    await gives(benefitId, 'Diego Siciliani');
    return diego;
  }

  /** A request is sent, and whoever is told of it is told. @returns its reference */
  async function requests(person: Chatter, changes: Fields = {}): Promise<string> {
    await person.says('request advisory hours');
    await fillsIn(person, { ...WHAT, ...changes });
    await person.clicks('Submit request');
    person.sees('Your request is sent');
    await company.works();
    return /reference is ([\dA-Z-]+)/.exec(person.reads())?.[1] ?? '';
  }

  async function used(benefitId = HOURS): Promise<number> {
    return (await company.ledger.benefit(benefitId))?.used ?? 0;
  }

  /** Every request, the newest first. */
  async function all() {
    return company.ledger.serviceRequests(100);
  }

  /** The first lines of all messages to somebody. */
  function titles(person: Chatter) {
    return company.teams.messagesOf(person.conversationId).map(({ activity }) => activity.summary);
  }

  async function becomes(userId: string, roles: readonly Role[]): Promise<void> {
    const before = await company.ledger.user(userId);
    if (!before) throw new Error(`${userId} is not there`);
    await company.ledger.commit([{ of: 'user', before, after: { ...before, roles } }]);
  }
}

export type Requesting = Awaited<ReturnType<typeof openRequesting>>;

/** Fills in the first card of the form and goes on. */
export async function describes(person: Chatter, what: Fields = WHAT): Promise<void> {
  for (const [label, value] of Object.entries(what)) person.fills(label, value);
  await person.clicks('Next');
}

/** Goes through the form, up to its last card. */
export async function fillsIn(person: Chatter, what: Fields = WHAT, where: Fields = WHERE): Promise<void> {
  await describes(person, what);
  for (const [label, value] of Object.entries(where)) person.fills(label, value);
  await person.clicks('Next');
  person.sees('Submit this request?');
}

/** The refusal right behind an input; empty when there is none. */
export function beside(person: Chatter, label: string): string {
  const body = person.card.body as { label?: string; text?: string; color?: string }[];
  const next = body[body.findIndex((element) => element.label === label) + 1];
  return next?.color === 'Attention' ? (next.text ?? '') : '';
}
