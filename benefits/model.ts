import type { Download, KeyKind } from './productKey';
import type { Notice } from './work';

/** The words of the field, as types. docs/rules.md has the rules they serve. */

export type Language = 'en' | 'fr';

/** A text of the catalogue. Product names are often the same in every language: then only `en` is there. */
export interface LocalText {
  readonly en: string;
  readonly fr?: string;
}

/** The four headings of docs/rules.md, rule 1, in the order in which they are shown. */
export const CATEGORIES = ['software', 'cloud', 'visualStudio', 'technical'] as const;
export type Category = (typeof CATEGORIES)[number];

/** `accountAdmin` manages users and their roles, `benefitsAdmin` manages benefits; who has neither is an employee. */
export const ROLES = ['accountAdmin', 'benefitsAdmin'] as const;
export type Role = (typeof ROLES)[number];

/** A day as `YYYY-MM-DD`, read in the company's time zone. */
export type Day = string;
/** A moment as ISO 8601 in UTC. */
export type Instant = string;

export interface Company {
  readonly name: string;
  /** The address of the company's dashboard account (docs/rules.md, rule 11). */
  readonly accountEmail: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly language: Language;
  /** How many active users are account admins: guarded by the row's ETag, so that the last two can't demote each other. */
  readonly accountAdmins: number;
}

export interface Benefit {
  readonly id: string;
  readonly name: LocalText;
  readonly package: string;
  readonly category: Category;
  /** Who may hold it (docs/rules.md, rules 4 and 8). `none`: it is handed out by its keys, not to a person. */
  readonly assignable: 'anyone' | 'self' | 'none';
  /** People who may hold it at the same time. */
  readonly seats: number;
  /** People who hold it now. Never written by an import. */
  readonly held: number;
  /** What is used up, in `unit`; not to be confused with seats (docs/rules.md, rule 9). */
  readonly quantity?: number;
  readonly unit?: 'incidents' | 'hours' | 'USD';
  /** For technical benefits. `support` asks for an alternate e-mail and takes days to activate (rules 10 to 13). */
  readonly kind?: 'support' | 'advisoryHours' | 'presales';
  /** How many days an activation is expected to take. */
  readonly activationDays?: number;
  /** Its last day: nothing past it can be assigned (docs/rules.md, rule 17). */
  readonly endsOn?: Day;
  readonly portalUrl?: string;
  /** How to get at it, for the holder; sent with the notice and the e-mails. */
  readonly instructions?: LocalText;
  /** One sentence for the holder: what to do next. */
  readonly next?: LocalText;
  /** Days after an assignment before the seat can go to someone else; 0 = any time (docs/rules.md, rule 8). */
  readonly reassignAfterDays?: number;
  /**
   * How much of `quantity` is used up. Hours are counted by the service requests, and never written by an import;
   * of incidents and USD the company file says how far they are, and absent means that nobody knows.
   */
  readonly used?: number;
  /** What its product keys are (docs/rules.md, rule 16); absent when it has none. */
  readonly keyKind?: KeyKind;
  /** What its keys are good for and how much of that was given out; kept with the keys, never written by an import of the company. */
  readonly keyCounts?: { readonly total: number; readonly given: number };
  /** Whether who holds it may get its keys; benefits admins may in any case. */
  readonly keysForHolders?: boolean;
  /** How often a day a person may claim keys of it; 10 unless it says so. */
  readonly claimsADay?: number;
  /** The languages that the product can be shown in, as BCP 47 tags (docs/rules.md, rule 3). */
  readonly languages?: readonly string[];
  /** The operating systems that it runs on, as they are called. */
  readonly systems?: readonly string[];
  /** Where it is downloaded and how it is installed. */
  readonly downloads?: readonly Download[];
}

/** A planned reassignment, to take place on a day (docs/rules.md, rule 8). One for each held seat. */
export interface Handover {
  readonly benefitId: string;
  /** Who holds the seat until then. */
  readonly from: UserSummary;
  readonly to: UserSummary;
  readonly on: Day;
  readonly alternateEmail?: string;
  readonly plannedBy: UserSummary;
  /** The operation that made the assignment: a later one of the same two isn't meant. */
  readonly madeBy: string;
  /** The due work that will do it: any other that is left from an earlier plan comes to nothing. */
  readonly dueId: string;
}

export interface User {
  /** Opaque and fixed for life: neither e-mail nor object id, since people change both. */
  readonly id: string;
  /** Their account address, as it is shown. Compared by `sameEmail`. */
  readonly email: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
  readonly active: boolean;
  /** The language that was given with the user; their own choice in chat is on `Chat`. */
  readonly language?: Language;
  /** The Entra object id that they sign in with, once it is known. */
  readonly objectId?: string;
  /** What an admin has set by hand: Entra ID doesn't change it any more. */
  readonly setByHand?: readonly EditableField[];
  /** What Entra ID has made of their account. Nobody is deactivated by it: account admins are told, once. */
  readonly leftEntra?: 'disabled' | 'removed';
  /** Teams was asked to install the bot for them: that is done once. */
  readonly isInstallAsked?: boolean;
}

export type EditableField = 'displayName' | 'email' | 'language';

/** How far a company's users have been taken over from Entra ID. */
export interface UserSync {
  /** Where the next page is; without, at the beginning. */
  readonly link?: string;
  /** The round began at the beginning: it tells of everybody, but not of who was removed before. */
  readonly isWhole: boolean;
  /** Such a round is at its end, where those are looked for one by one, by user id: up to this one. */
  readonly lookedUpTo?: string;
  /** When a round was last done. */
  readonly doneAt?: Instant;
  /** There is due work that does it daily. */
  readonly isDaily?: boolean;
}

/** What a list of users shows. */
export type UserSummary = Pick<User, 'id' | 'email' | 'displayName' | 'active'>;

/** One user's hold on one benefit. "Expired" follows from the benefit's end and is never stored. */
export interface Assignment {
  readonly benefitId: string;
  readonly userId: string;
  readonly status: 'activating' | 'active';
  readonly assignedAt: Instant;
  readonly assignedBy: UserSummary;
  /** docs/rules.md, rule 11. */
  readonly alternateEmail?: string;
  /** When an activation is expected to be done. */
  readonly expectedOn?: Day;
  /** The operation that made it. */
  readonly operationId: string;
  readonly activatedAt?: Instant;
  /** What the admin who confirmed the activation wants the holder to know. */
  readonly activationNote?: string;
  /** When the instructions were sent once more, the latest last. */
  readonly resentAt?: readonly Instant[];
}

/** How a person is reached, apart from their user row so that writing it never disturbs a rule. */
export interface Chat {
  /** Where a message to them goes: Bot Framework's conversation reference, opaque to the domain. */
  readonly reference: object;
  /** Their own choice in chat. */
  readonly chosenLanguage?: Language;
  /** The language their client last spoke. */
  readonly seenLanguage?: Language;
  /** IANA name, as their client last told it. */
  readonly timeZone?: string;
  readonly reachable: boolean;
}

/** Somebody, what they hold, and how they are reached: one request. */
export interface Person {
  readonly user: Stored<User>;
  readonly assignments: readonly Assignment[];
  readonly chat?: Stored<Chat>;
  /** What could not be told to them yet: it is when they come. */
  readonly openNotices: readonly Stored<Notice>[];
}

/** Something that was done, once: the same press again finds it and gives the same answer. */
export interface Operation {
  readonly id: string;
  readonly action: string;
  /** The user who did it. */
  readonly by: string;
  readonly at: Instant;
  readonly outcome: object;
}

export interface AuditRecord {
  readonly operationId: string;
  readonly action: string;
  readonly at: Instant;
  /** The user who did it; `settings`, `operator`, `webhook` or `bot` when nobody in chat did. */
  readonly by: string;
  readonly benefitId?: string;
  readonly userId?: string;
  /** Who held it before: a reassignment stands in the history of both. */
  readonly fromUserId?: string;
  readonly details?: object;
}

/** A value that a text can carry: dates and catalogue texts are put into words only for the reader. */
export type Fact = string | number | LocalText | { readonly date: Day | Instant };
export type Facts = Readonly<Record<string, Fact>>;

/** Something that was read, with the ETag that a change of it must carry. */
export type Stored<T> = T & { readonly etag: string };
