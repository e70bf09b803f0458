import type {
  Assignment,
  AuditRecord,
  Benefit,
  Chat,
  Company,
  DueWork,
  Notice,
  Operation,
  Person,
  Role,
  Stored,
  User,
  UserSummary,
} from './model';

/**
 * One company's ledger. Every read pages to the end; "absent" is `undefined` and never means "down",
 * which is thrown.
 */
export interface Ledger {
  company(): Promise<Stored<Company> | undefined>;
  /** The whole catalogue, ordered by id. */
  benefits(): Promise<Stored<Benefit>[]>;
  benefit(benefitId: string): Promise<Stored<Benefit> | undefined>;
  assignment(benefitId: string, userId: string): Promise<Stored<Assignment> | undefined>;
  user(userId: string): Promise<Stored<User> | undefined>;
  person(userId: string): Promise<Person | undefined>;
  /** @param how `fresh`: not as this process remembers it */
  userIdOfSignIn(objectId: string, how?: 'fresh'): Promise<string | undefined>;
  userIdOfEmail(email: string): Promise<string | undefined>;
  /** The first users by name, the inactive left out. */
  firstUsers(limit: number): Promise<UserSummary[]>;
  /** Users whose first name, last name or e-mail starts with the text, case and accents ignored; the inactive left out. */
  searchUsers(text: string, limit: number): Promise<UserSummary[]>;
  usersWithRole(role: Role, limit: number): Promise<UserSummary[]>;
  operation(operationId: string): Promise<Operation | undefined>;
  /** What is being activated, the longest waiting first. @param after the last of the page before */
  pendingActivations(
    limit: number,
    after?: Pick<Assignment, 'assignedAt' | 'benefitId' | 'userId'>,
  ): Promise<Stored<Assignment>[]>;
  /** The outbox in the order in which it was filled. */
  notices(state: Exclude<Notice['state'], 'open'>, limit?: number): Promise<Stored<Notice>[]>;
  /** Due work, the earliest first. */
  dueWork(limit: number): Promise<Stored<DueWork>[]>;
  /** Deletes notices that were sent, and operations that were made, before these times. */
  purge(before: { readonly sent: Date; readonly operations: Date }): Promise<void>;
  /** All of it happens, or none. @throws ConflictError when something was changed since it was read. */
  commit(changes: readonly Change[]): Promise<void>;
  /** @throws ConflictError when another turn wrote it since `before` was read. */
  saveChat(userId: string, chat: Chat, before?: Stored<Chat>): Promise<void>;
}

/** A row and all its index rows: without `before` it is created, without `after` deleted. */
export type Change =
  | { readonly of: 'company'; readonly before?: Stored<Company>; readonly after: Company }
  | { readonly of: 'benefit'; readonly before?: Stored<Benefit>; readonly after: Benefit }
  | { readonly of: 'assignment'; readonly before?: Stored<Assignment>; readonly after?: Assignment }
  | { readonly of: 'user'; readonly before?: Stored<User>; readonly after: User }
  | { readonly of: 'operation'; readonly after: Operation }
  | { readonly of: 'audit'; readonly after: AuditRecord }
  | { readonly of: 'notice'; readonly before?: Stored<Notice>; readonly after?: Notice }
  | { readonly of: 'due'; readonly before?: Stored<DueWork>; readonly after?: DueWork };

/** Somebody else changed what was read, or this very write was done before: read again, decide again. */
export class ConflictError extends Error {
  override readonly name = 'ConflictError';
}

/** What a use case is handed from outside. */
export interface Ports {
  readonly ledger: Ledger;
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
