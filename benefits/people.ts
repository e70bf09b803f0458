import { BenefitError } from './errors';
import type { Chat, Language, Person, User } from './model';
import { untilSettled } from './operations';
import { ConflictError, type Ports } from './ports';
import { byOutsider } from './records';
import { grantRole } from './roles';
import { newUserId, shortenedName } from './users';
import { isEmail, normalEmail } from './words';

/** Who speaks, as Teams says. */
export interface SignIn {
  /** Entra object id. */
  readonly objectId: string;
  /** What the conversation's roster says about them: asked only when they are not known by object id. */
  profile(): Promise<Profile>;
}

export interface Profile {
  readonly displayName: string;
  readonly email?: string;
  /** Of another organisation, or marked as a guest. */
  readonly guest: boolean;
}

/** Is this one of the first account admins, which the settings name by object id or e-mail? */
export type IsFirstAdmin = (id: string) => boolean;

/**
 * The person who speaks. Known by object id; else linked once, by e-mail, to the user whom an admin or an
 * import entered; else entered as an employee. Guests and people without an address are not entered.
 *
 * @throws BenefitError `companyNotLoaded`, `signInGuest`, `signInHasNoEmail`, `signInTaken`
 */
export async function whoIs(ports: Ports, signIn: SignIn, isFirstAdmin: IsFirstAdmin): Promise<Person> {
  const { ledger } = ports;
  const known = await ledger.userIdOfSignIn(signIn.objectId);
  let person = known === undefined ? undefined : await ledger.person(known);
  if (person?.user.objectId !== signIn.objectId) {
    // Not known yet; or an import has given the user another sign-in since this process learnt of it.
    const fresh = known === undefined ? undefined : await ledger.userIdOfSignIn(signIn.objectId, 'fresh');
    const userId = fresh ?? (await untilSettled(ports, () => firstContact(ports, signIn)));
    person = await ledger.person(userId);
  }
  if (!person) throw new Error(`a known sign-in has no user row`);
  const { user } = person;
  if (!user.active) return person;
  const first = isFirstAdmin(signIn.objectId) || isFirstAdmin(normalEmail(user.email));
  if (!first || user.roles.includes('accountAdmin')) return person;
  await grantRole(ports, user.id, ['accountAdmin', 'benefitsAdmin'], 'settings');
  return (await ledger.person(user.id)) ?? person;
}

/** Links or enters, and gives the user id. */
async function firstContact(ports: Ports, signIn: SignIn): Promise<string> {
  const company = await ports.ledger.company();
  if (!company) throw new BenefitError('companyNotLoaded');
  const profile = await signIn.profile();
  if (profile.guest) throw new BenefitError('signInGuest', { company: company.name });
  if (!profile.email || !isEmail(profile.email))
    throw new BenefitError('signInHasNoEmail', { company: company.name });
  const { objectId } = signIn;

  const userId = await ports.ledger.userIdOfEmail(normalEmail(profile.email));
  if (userId === undefined) {
    const { displayName, email } = profile;
    const user: User = {
      id: newUserId(ports),
      email: normalEmail(email),
      displayName: shortenedName(displayName),
      roles: [],
      active: true,
      objectId,
    };
    await ports.ledger.commit([{ of: 'user', after: user }, byOutsider(ports, 'enter', 'settings', user.id)]);
    return user.id;
  }
  const user = await ports.ledger.user(userId);
  if (!user) throw new ConflictError(`user ${userId} of a known e-mail has no row`);
  if (user.objectId === objectId) return userId; // another turn was faster
  if (user.objectId !== undefined) throw new BenefitError('signInTaken', { email: user.email });
  await ports.ledger.commit([
    { of: 'user', before: user, after: { ...user, objectId } },
    byOutsider(ports, 'link', 'settings', userId),
  ]);
  return userId;
}

/** What a turn tells about how a person is reached. */
export interface Seen {
  readonly reference: object;
  readonly language?: Language;
  readonly timeZone?: string;
}

/**
 * Keeps where a person is reached and what their client speaks, when that changed.
 * @returns `first` the first time a person is seen: they have not been welcomed yet
 */
export async function remember(ports: Ports, person: Person, seen: Seen): Promise<'first' | 'known'> {
  const { chat } = person;
  const now: Chat = {
    reference: seen.reference,
    chosenLanguage: chat?.chosenLanguage,
    seenLanguage: seen.language ?? chat?.seenLanguage,
    timeZone: seen.timeZone ?? chat?.timeZone,
    reachable: true,
  };
  if (chat && same(chat, now)) return 'known';
  try {
    await ports.ledger.saveChat(person.user.id, now, chat);
    return chat ? 'known' : 'first';
  } catch (error) {
    if (error instanceof ConflictError) return 'known'; // another turn of the same person keeps the same
    throw error;
  }
}

/** Somebody has removed the bot; who was never known stays so. */
export async function becomeUnreachable({ ledger }: Ports, { objectId }: SignIn): Promise<void> {
  const userId = await ledger.userIdOfSignIn(objectId);
  const chat = userId === undefined ? undefined : (await ledger.person(userId))?.chat;
  if (userId === undefined || !chat?.reachable) return;
  await ledger.saveChat(userId, { ...chat, reachable: false }, chat);
}

function same(one: Chat, other: Chat): boolean {
  const told = ({ reference, chosenLanguage, seenLanguage, timeZone, reachable }: Chat) =>
    JSON.stringify([reference, chosenLanguage, seenLanguage, timeZone, reachable]);
  return told(one) === told(other);
}

/** A person's own choice: it wins over what their client speaks. */
export function chooseLanguage(ports: Ports, person: Person, language: Language, seen: Seen): Promise<void> {
  return untilSettled(ports, async () => {
    const chat = (await ports.ledger.person(person.user.id))?.chat;
    const kept = chat ?? { reference: seen.reference, reachable: true };
    await ports.ledger.saveChat(person.user.id, { ...kept, chosenLanguage: language }, chat);
  });
}

/**
 * A person's own choice > what their client speaks > the last seen > what was entered with them. Undefined when
 * none is known: then it is the company's.
 */
export function languageOf({ chat, user }: Person, seen: Language | undefined): Language | undefined {
  return chat?.chosenLanguage ?? seen ?? chat?.seenLanguage ?? user.language;
}
