import type { TableClient, TransactionAction } from '@azure/data-tables';
import type {
  Assignment,
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
} from '../benefits/model';
import type { Change, Ledger } from '../benefits/ports';
import type { CallScope } from './callScope';
import { LedgerPartition } from './ledgerPartition';
import { chatRow, type Fold, keys, pendingKey, type Row, rowsOf } from './ledgerRows';

/** What the domain gives to storage, which knows only its types. */
export interface LedgerDomain {
  readonly fold: Fold;
  /** Makes the error that tells the domain to read and decide again. */
  conflict(message: string, cause: unknown): Error;
}

const SIGN_INS_KEPT = 100_000;

/** One company's ledger: one partition of the table `Ledger`, in which a commit is one entity group transaction. */
export class TableLedger implements Ledger {
  private readonly rows: LedgerPartition;

  constructor(
    table: TableClient,
    private readonly tenantId: string,
    scope: CallScope,
    private readonly domain: LedgerDomain,
    /** Sign-in → user id, which hardly ever changes: kept by the process, and checked against the user's row. */
    private readonly signIns: Map<string, string>,
    /** Told when a commit left something to do unasked. */
    private readonly onWork: () => void,
  ) {
    this.rows = new LedgerPartition(table, tenantId, scope, domain.conflict);
  }

  company(): Promise<Stored<Company> | undefined> {
    return this.rows.point<Company>(keys.company);
  }

  benefits(): Promise<Stored<Benefit>[]> {
    return this.range<Benefit>(keys.benefits);
  }

  benefit(benefitId: string): Promise<Stored<Benefit> | undefined> {
    return this.rows.point<Benefit>(keys.benefit(benefitId));
  }

  assignment(benefitId: string, userId: string): Promise<Stored<Assignment> | undefined> {
    return this.rows.point<Assignment>(keys.assignment(benefitId, userId));
  }

  user(userId: string): Promise<Stored<User> | undefined> {
    return this.rows.point<User>(keys.user(userId));
  }

  /** One request: the user's row, their assignments and their chat stand side by side. */
  async person(userId: string): Promise<Person | undefined> {
    const from = keys.user(userId);
    // `!` is followed by `"`: the range ends before the next user.
    const rows = await this.rows.range<object>(from, `${from}"`);
    let user: Stored<User> | undefined;
    let chat: Stored<Chat> | undefined;
    const assignments: Assignment[] = [];
    const openNotices: Stored<Notice>[] = [];
    for (const { rowKey, value } of rows) {
      if (rowKey === from) user = value as Stored<User>;
      else if (rowKey === keys.chat(userId)) chat = value as Stored<Chat>;
      else if (rowKey.startsWith(`${from}!a!`)) assignments.push(value as Stored<Assignment>);
      else if (rowKey.startsWith(`${from}!n!`)) openNotices.push(value as Stored<Notice>);
    }
    return user && { user, assignments, chat, openNotices };
  }

  async userIdOfSignIn(objectId: string, how?: 'fresh'): Promise<string | undefined> {
    const cacheKey = `${this.tenantId}/${objectId}`;
    const known = this.signIns.get(cacheKey);
    if (known !== undefined && how !== 'fresh') return known;
    const userId = (await this.rows.point<{ userId: string }>(keys.signIn(objectId)))?.userId;
    if (userId === undefined) return undefined;
    if (this.signIns.size >= SIGN_INS_KEPT) this.signIns.clear();
    this.signIns.set(cacheKey, userId);
    return userId;
  }

  async userIdOfEmail(email: string): Promise<string | undefined> {
    return (await this.rows.point<{ userId: string }>(keys.email(email)))?.userId;
  }

  firstUsers(limit: number): Promise<UserSummary[]> {
    return this.range<UserSummary>(keys.usersByName, limit);
  }

  async searchUsers(text: string, limit: number): Promise<UserSummary[]> {
    const words = this.domain.fold(text);
    if (words === '') return this.firstUsers(limit);
    // The same user may be found by name and by e-mail.
    const found = await this.range<UserSummary>(keys.usersByWords(words), 2 * limit);
    return [...new Map(found.map((user) => [user.id, user])).values()].slice(0, limit);
  }

  usersWithRole(role: Role, limit: number): Promise<UserSummary[]> {
    return this.range<UserSummary>(keys.usersWithRole(role), limit);
  }

  operation(operationId: string): Promise<Operation | undefined> {
    return this.rows.point<Operation>(keys.operation(operationId));
  }

  async pendingActivations(
    limit: number,
    after?: Parameters<typeof pendingKey>[0],
  ): Promise<Stored<Assignment>[]> {
    const from = after ? `${pendingKey(after)}!` : keys.pending;
    const rows = await this.rows.range<Assignment>(from, endOf(keys.pending), limit);
    return rows.map(({ value }) => value);
  }

  notices(state: Exclude<Notice['state'], 'open'>, limit?: number): Promise<Stored<Notice>[]> {
    return this.range<Notice>(keys.notices(state), limit);
  }

  dueWork(limit: number): Promise<Stored<DueWork>[]> {
    return this.range<DueWork>(keys.dueWork, limit);
  }

  async purge({ sent, operations }: { readonly sent: Date; readonly operations: Date }): Promise<void> {
    for (const [prefix, time] of [
      [keys.notices('sent'), sent],
      [keys.operation(''), operations],
    ] as const) {
      // Their ids begin with a time (`newOperationId`, `newSortedId`).
      await this.rows.deleteRange(prefix, `${prefix}${time.getTime().toString(36).padStart(9, '0')}`);
    }
  }

  async commit(changes: readonly Change[]): Promise<void> {
    mustGuardAssignments(changes);
    await this.rows.submit(changes.flatMap((change) => this.actions(change)));
    if (changes.some(({ of }) => of === 'notice' || of === 'due')) this.onWork();
  }

  saveChat(userId: string, chat: Chat, before?: Stored<Chat>): Promise<void> {
    return this.rows.put(chatRow(userId, chat), before?.etag);
  }

  /** The main row carries the ETag that was read; its index rows change only together with it. */
  private actions(change: Change): TransactionAction[] {
    const before = rowsOf(change, 'before', this.domain.fold);
    const after = rowsOf(change, 'after', this.domain.fold);
    const etag = 'before' in change ? change.before?.etag : undefined;
    const old = new Map(before.map((row) => [row.rowKey, row]));
    const stays = new Set(after.map(({ rowKey }) => rowKey));
    const [main] = before;
    return [
      ...after.flatMap((row): TransactionAction[] => {
        const was = old.get(row.rowKey);
        const entity = this.rows.entity(row);
        if (!was) return [['create', entity]];
        if (was.rowKey === main?.rowKey)
          return [['update', entity, 'Replace', { etag: mustHave(etag, row) }]];
        return JSON.stringify(was.value) === JSON.stringify(row.value) ? [] : [['upsert', entity, 'Replace']];
      }),
      ...before.filter(({ rowKey }) => !stays.has(rowKey)).map(({ rowKey }) => this.rows.deletion(rowKey)),
    ];
  }

  private async range<T extends object>(prefix: string, limit?: number): Promise<Stored<T>[]> {
    const rows = await this.rows.range<T>(prefix, endOf(prefix), limit);
    return rows.map(({ value }) => value);
  }
}

/** The end of the range of a prefix: letters of every script come before it. */
const endOf = (prefix: string): string => `${prefix}\uFFFD`;

function mustHave(etag: string | undefined, { rowKey }: Row): string {
  if (!etag) throw new Error(`a change of ${rowKey} carries no ETag`);
  return etag;
}

/**
 * The client library puts no ETag on a delete within a transaction, so the row of the benefit, whose
 * ETag it does carry, stands guard: whoever changes an assignment writes that row too.
 */
function mustGuardAssignments(changes: readonly Change[]): void {
  const guarded = new Set(
    changes.map((change) => change.of === 'benefit' && change.before && change.after.id),
  );
  for (const change of changes) {
    if (change.of !== 'assignment') continue;
    const benefitId = (change.after ?? change.before)?.benefitId;
    if (!guarded.has(benefitId))
      throw new Error(`a change of an assignment of ${benefitId} doesn't write its benefit`);
  }
}
