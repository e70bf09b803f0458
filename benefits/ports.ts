import type {
  Assignment,
  AuditRecord,
  Benefit,
  Chat,
  Company,
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
  userIdOfSignIn(objectId: string): Promise<string | undefined>;
  userIdOfEmail(email: string): Promise<string | undefined>;
  /** The first users by name, the inactive left out. */
  firstUsers(limit: number): Promise<UserSummary[]>;
  /** Users whose first name, last name or e-mail starts with the text, case and accents ignored; the inactive left out. */
  searchUsers(text: string, limit: number): Promise<UserSummary[]>;
  usersWithRole(role: Role, limit: number): Promise<UserSummary[]>;
  operation(operationId: string): Promise<Operation | undefined>;
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
  | { readonly of: 'notice'; readonly after: Notice };

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
