import type {
  Assignment,
  AuditRecord,
  Benefit,
  Chat,
  Company,
  Day,
  Handover,
  Instant,
  Operation,
  Person,
  Role,
  Stored,
  User,
  UserSummary,
  UserSync,
} from './model';
import type { Bulk, BulkPart } from './bulk';
import type { DueWork, Notice } from './work';
import type { Claims, ProductKey } from './productKey';
import type { Refusals } from './refusals';
import type { ServiceRequest } from './serviceRequest';

/**
 * One company's ledger. Every read pages to the end; "absent" is `undefined` and never means "down",
 * which is thrown. What a list of index rows gives carries no ETag: who changes it reads it by its id.
 */
export interface Ledger {
  company(): Promise<Stored<Company> | undefined>;
  /**
   * The company, for what is only shown: this process may have read it up to 15 s ago, but not before it last changed
   * it. What is decided on is read by `company`.
   */
  companyShown(): Promise<Company | undefined>;
  /** The whole catalogue, ordered by id. */
  benefits(): Promise<Stored<Benefit>[]>;
  /** The same for what is only shown, as `companyShown`. @param how `fresh`: not as this process remembers it */
  benefitsShown(how?: 'fresh'): Promise<readonly Benefit[]>;
  benefit(benefitId: string): Promise<Stored<Benefit> | undefined>;
  assignment(benefitId: string, userId: string): Promise<Stored<Assignment> | undefined>;
  user(userId: string): Promise<Stored<User> | undefined>;
  person(userId: string): Promise<Person | undefined>;
  /** Everybody with what is theirs, page by page, by id; also who is not active any more. */
  people(): AsyncIterable<Person[]>;
  /** @param how `fresh`: not as this process remembers it */
  userIdOfSignIn(objectId: string, how?: 'fresh'): Promise<string | undefined>;
  userIdOfEmail(email: string): Promise<string | undefined>;
  /** Users whose first name, last name or e-mail starts with the text, case and accents ignored; the inactive left out. */
  searchUsers(text: string, limit: number): Promise<UserSummary[]>;
  /** Every active user, by name. @param after the last of the page before */
  usersByName(limit: number, after?: Pick<User, 'id' | 'displayName'>): Promise<UserSummary[]>;
  /** All active users, by name, if they are no more than `most`; else the first few of them, and that there are more. */
  usersToChooseFrom(most: number, first: number): Promise<{ users: UserSummary[]; hasMore: boolean }>;
  /** The users who are not active any more, by name. */
  inactiveUsers(limit: number, after?: Pick<User, 'id' | 'displayName'>): Promise<UserSummary[]>;
  usersWithRole(role: Role, limit: number): Promise<UserSummary[]>;
  operation(operationId: string): Promise<Operation | undefined>;
  /** What is being activated, the longest waiting first. @param after the last of the page before */
  pendingActivations(
    limit: number,
    after?: Pick<Assignment, 'assignedAt' | 'benefitId' | 'userId'>,
  ): Promise<Assignment[]>;
  /** Who holds a benefit, by user id. @param after the user of the last one of the page before */
  holders(benefitId: string, limit: number, after?: string): Promise<Stored<Assignment>[]>;
  /** The handover that is planned for the seat that a user holds. */
  handover(benefitId: string, fromUserId: string): Promise<Stored<Handover> | undefined>;
  handovers(benefitId: string): Promise<Stored<Handover>[]>;
  /** All keys of a benefit, in the order of their ids. */
  productKeys(benefitId: string): Promise<Stored<ProductKey>[]>;
  claims(userId: string, day: Day): Promise<Stored<Claims> | undefined>;
  /** How often somebody was refused in the minute that begins then. */
  refusals(minute: Instant, userId: string): Promise<Stored<Refusals> | undefined>;
  serviceRequest(id: string): Promise<Stored<ServiceRequest> | undefined>;
  /** Requests, the newest first: all, or those of one user. @param of.after the last of the page before */
  serviceRequests(
    limit: number,
    of?: { readonly userId?: string; readonly after?: string },
  ): Promise<ServiceRequest[]>;
  /** Audit records, the newest first: all, of a benefit, or of a user. @param after the last of the page before */
  history(
    limit: number,
    of?: {
      readonly benefitId?: string;
      readonly userId?: string;
      readonly after?: Pick<AuditRecord, 'at' | 'operationId'>;
    },
  ): Promise<AuditRecord[]>;
  /** The outbox in the order in which it was filled; what only a newer program can read is left out. */
  notices(state: Exclude<Notice['state'], 'open'>, limit?: number): Promise<Stored<Notice>[]>;
  /** Due work, the earliest first, from a time on; what only a newer program can read is left out. */
  dueWork(limit: number, from?: Instant): Promise<Stored<DueWork>[]>;
  /** What waits or was given up, and only a newer program can read. */
  newerWork(): Promise<NewerWork[]>;
  bulk(bulkId: string): Promise<Stored<Bulk> | undefined>;
  bulkPart(bulkId: string, index: number): Promise<Stored<BulkPart> | undefined>;
  /** All parts of a bulk, in their order. */
  bulkParts(bulkId: string): Promise<Stored<BulkPart>[]>;
  /** How far users were taken over from Entra ID; undefined when they never were. */
  userSync(): Promise<Stored<UserSync> | undefined>;
  dueWorkById(at: Instant, id: string): Promise<Stored<DueWork> | undefined>;
  /** Deletes notices that were sent and refusals that were counted, and operations and bulks that were made, before these times. */
  purge(before: { readonly sent: Date; readonly operations: Date }): Promise<void>;
  /** All of it happens, or none. @throws ConflictError when something was changed since it was read. */
  commit(changes: readonly Change[]): Promise<void>;
  /** Says that there may be something to do unasked, as a commit does: its answer may have been lost, or its process. */
  announce(): void;
  /** @throws ConflictError when another turn wrote it since `before` was read. */
  saveChat(userId: string, chat: Chat, before?: Stored<Chat>): Promise<void>;
}

/** A message, or due work, of a version that this program doesn't know. */
export interface NewerWork {
  /** Where it stands. */
  readonly row: string;
  readonly version: number;
}

/** A row and all its index rows: without `before` it is created, without `after` deleted. */
export type Change =
  | { readonly of: 'company'; readonly before?: Stored<Company>; readonly after: Company }
  | { readonly of: 'benefit'; readonly before?: Stored<Benefit>; readonly after: Benefit }
  | { readonly of: 'assignment'; readonly before?: Stored<Assignment>; readonly after?: Assignment }
  | { readonly of: 'user'; readonly before?: Stored<User>; readonly after: User }
  | { readonly of: 'operation'; readonly after: Operation }
  | { readonly of: 'audit'; readonly after: AuditRecord }
  | { readonly of: 'handover'; readonly before?: Stored<Handover>; readonly after?: Handover }
  | { readonly of: 'productKey'; readonly before?: Stored<ProductKey>; readonly after: ProductKey }
  | { readonly of: 'claims'; readonly before?: Stored<Claims>; readonly after: Claims }
  | { readonly of: 'refusals'; readonly before?: Stored<Refusals>; readonly after: Refusals }
  | {
      readonly of: 'serviceRequest';
      readonly before?: Stored<ServiceRequest>;
      readonly after: ServiceRequest;
    }
  | { readonly of: 'notice'; readonly before?: Stored<Notice>; readonly after?: Notice }
  | { readonly of: 'due'; readonly before?: Stored<DueWork>; readonly after?: DueWork }
  | { readonly of: 'bulk'; readonly before?: Stored<Bulk>; readonly after: Bulk }
  | { readonly of: 'bulkPart'; readonly before?: Stored<BulkPart>; readonly after: BulkPart }
  | { readonly of: 'userSync'; readonly before?: Stored<UserSync>; readonly after: UserSync };

/** Somebody else changed what was read, or this very write was done before: read again, decide again. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
}

/** Encrypts product keys, each for the one row that it stands in. */
export interface KeyCipher {
  /** @param boundTo where it will stand: it can't be opened anywhere else */
  seal(key: string, boundTo: string): string;
  /** @throws Error when it wasn't sealed for there, or was tampered with, or its encryption key isn't known */
  open(sealed: string, boundTo: string): string;
  /** Whether it would be sealed otherwise today: with a newer encryption key. */
  isOutdated(sealed: string): boolean;
  /**
   * Digests of a key, from which nobody learns it: the same for the same key, one with each encryption key that is
   * known. What is stored gets the first; it may have been stored with any.
   */
  marks(key: string, boundTo: string): readonly string[];
}

/** What a use case is handed from outside. */
export interface Ports {
  readonly ledger: Ledger;
  readonly cipher: KeyCipher;
  now(): Date;
  /** Random bytes as lower-case hex. */
  random(bytes: number): string;
  /** Waits before a try is repeated. */
  pause(milliseconds: number): Promise<void>;
}

/** A tenant that has something to do, from a time on. */
export interface Wanted {
  readonly tenantId: string;
  /** In milliseconds since 1970. */
  readonly notBefore: number;
  readonly etag: string;
}

/** The right to do a tenant's work, held until a time (ms since 1970) unless it is renewed. */
export interface Lease {
  readonly tenantId: string;
  readonly until: number;
  readonly etag: string;
  /** When another instance last did this tenant's work, in milliseconds since 1970. */
  readonly otherEndedAt?: number;
}

/** Between the instances: which tenants have something to do, and who does it. All times are ms since 1970. */
export interface Work {
  /** There is something to do: whoever looks next finds it. */
  want(tenantId: string, notBefore: number): Promise<void>;
  wanted(tenantId: string): Promise<Wanted | undefined>;
  /** The tenants that have something to do at this time. */
  due(now: number): Promise<Wanted[]>;
  /**
   * Nothing is left to do before this time; never, when it is undefined.
   * @returns false when more was added since `seen` was read
   */
  settle(seen: Wanted, nextAt: number | undefined): Promise<boolean>;
  /** @returns undefined when another instance has it */
  lease(tenantId: string, owner: string, now: number, until: number): Promise<Lease | undefined>;
  /** @returns undefined when it was lost */
  renew(lease: Lease, owner: string, until: number): Promise<Lease | undefined>;
  /** @param until nobody may have it before: a pause of the tenant's work */
  release(lease: Lease, owner: string, now: number, until?: number): Promise<void>;
  /** Every tenant is known from its first work on, so that a slow look at all of them finds what was forgotten. */
  register(tenantId: string): Promise<void>;
  tenants(): Promise<string[]>;
}
