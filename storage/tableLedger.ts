import type { TableClient, TableEntityResult, TransactionAction } from '@azure/data-tables';
import { odata } from '@azure/data-tables';
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
import { isAbsent, isConflict } from './serviceError';
import { chatRow, type Fold, keys, pendingKey, type Row, rowsOf } from './ledgerRows';

/** What the domain gives to storage, which knows only its types. */
export interface LedgerDomain {
  readonly fold: Fold;
  /** Makes the error that tells the domain to read and decide again. */
  conflict(message: string, cause: unknown): Error;
}

interface StoredRow {
  readonly v: number;
  readonly data: string;
}

/** The form that rows are written in. Older forms are lifted when they are read; a newer one is refused. */
const ROW_VERSION = 1;

const SIGN_INS_KEPT = 100_000;

const MOST_IN_A_TRANSACTION = 100;

/** One company's ledger: one partition of the table `Ledger`, in which a commit is one entity group transaction. */
export class TableLedger implements Ledger {
  constructor(
    private readonly table: TableClient,
    private readonly tenantId: string,
    private readonly scope: CallScope,
    private readonly domain: LedgerDomain,
    /** Sign-in → user id, which never changes: kept by the process. */
    private readonly signIns: Map<string, string>,
    /** Told when a commit left something to do unasked. */
    private readonly onWork: () => void,
  ) {}

  company(): Promise<Stored<Company> | undefined> {
    return this.point<Company>(keys.company);
  }

  benefits(): Promise<Stored<Benefit>[]> {
    return this.range<Benefit>(keys.benefits);
  }

  benefit(benefitId: string): Promise<Stored<Benefit> | undefined> {
    return this.point<Benefit>(keys.benefit(benefitId));
  }

  assignment(benefitId: string, userId: string): Promise<Stored<Assignment> | undefined> {
    return this.point<Assignment>(keys.assignment(benefitId, userId));
  }

  user(userId: string): Promise<Stored<User> | undefined> {
    return this.point<User>(keys.user(userId));
  }

  /** One request: the user's row, their assignments and their chat stand side by side. */
  async person(userId: string): Promise<Person | undefined> {
    const from = keys.user(userId);
    // `!` is followed by `"`: the range ends before the next user.
    const rows = await this.query<object>(odata`RowKey ge ${from} and RowKey lt ${`${from}"`}`);
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

  async userIdOfSignIn(objectId: string): Promise<string | undefined> {
    const cacheKey = `${this.tenantId}/${objectId}`;
    const known = this.signIns.get(cacheKey);
    if (known !== undefined) return known;
    const userId = (await this.point<{ userId: string }>(keys.signIn(objectId)))?.userId;
    if (userId === undefined) return undefined;
    if (this.signIns.size >= SIGN_INS_KEPT) this.signIns.clear();
    this.signIns.set(cacheKey, userId);
    return userId;
  }

  async userIdOfEmail(email: string): Promise<string | undefined> {
    return (await this.point<{ userId: string }>(keys.email(email)))?.userId;
  }

  firstUsers(limit: number): Promise<UserSummary[]> {
    return this.summaries(keys.usersByName, limit);
  }

  async searchUsers(text: string, limit: number): Promise<UserSummary[]> {
    const words = this.domain.fold(text);
    if (words === '') return this.firstUsers(limit);
    // The same user may be found by name and by e-mail.
    const found = await this.summaries(keys.usersByWords(words), 2 * limit);
    return [...new Map(found.map((user) => [user.id, user])).values()].slice(0, limit);
  }

  usersWithRole(role: Role, limit: number): Promise<UserSummary[]> {
    return this.summaries(keys.usersWithRole(role), limit);
  }

  operation(operationId: string): Promise<Operation | undefined> {
    return this.point<Operation>(keys.operation(operationId));
  }

  async pendingActivations(
    limit: number,
    after?: Parameters<typeof pendingKey>[0],
  ): Promise<Stored<Assignment>[]> {
    const from = after ? `${pendingKey(after)}!` : keys.pending;
    const rows = await this.query<Assignment>(
      odata`RowKey ge ${from} and RowKey lt ${endOf(keys.pending)}`,
      limit,
    );
    return rows.map(({ value }) => value);
  }

  notices(state: Exclude<Notice['state'], 'open'>, limit?: number): Promise<Stored<Notice>[]> {
    return this.range<Notice>(keys.notices(state), limit);
  }

  dueWork(limit: number): Promise<Stored<DueWork>[]> {
    return this.range<DueWork>(keys.dueWork, limit);
  }

  async purge({ sent, operations }: { readonly sent: Date; readonly operations: Date }): Promise<void> {
    await this.deleteBefore(keys.notices('sent'), sent);
    await this.deleteBefore(keys.operation(''), operations);
  }

  async commit(changes: readonly Change[]): Promise<void> {
    mustGuardAssignments(changes);
    const actions = changes.flatMap((change) => this.actions(change));
    await this.write(() => this.table.submitTransaction(actions, this.call()));
    if (changes.some(({ of }) => of === 'notice' || of === 'due')) this.onWork();
  }

  async saveChat(userId: string, chat: Chat, before?: Stored<Chat>): Promise<void> {
    const entity = this.entity(chatRow(userId, chat));
    await this.write(() =>
      before
        ? this.table.updateEntity(entity, 'Replace', { ...this.call(), etag: before.etag })
        : this.table.createEntity(entity, this.call()),
    );
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
        const entity = this.entity(row);
        if (!was) return [['create', entity]];
        if (was.rowKey === main?.rowKey)
          return [['update', entity, 'Replace', { etag: mustHave(etag, row) }]];
        return JSON.stringify(was.value) === JSON.stringify(row.value) ? [] : [['upsert', entity, 'Replace']];
      }),
      ...before
        .filter(({ rowKey }) => !stays.has(rowKey))
        .map((row): TransactionAction => ['delete', { partitionKey: this.tenantId, rowKey: row.rowKey }]),
    ];
  }

  private entity({ rowKey, value }: Row) {
    return { partitionKey: this.tenantId, rowKey, v: ROW_VERSION, data: JSON.stringify(value) };
  }

  private async point<T extends object>(rowKey: string): Promise<Stored<T> | undefined> {
    try {
      return read<T>(await this.table.getEntity<StoredRow>(this.tenantId, rowKey, this.call())).value;
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  }

  private async range<T extends object>(prefix: string, limit?: number): Promise<Stored<T>[]> {
    const rows = await this.query<T>(odata`RowKey ge ${prefix} and RowKey lt ${endOf(prefix)}`, limit);
    return rows.map(({ value }) => value);
  }

  /** Of rows whose ids begin with a time. */
  private async deleteBefore(prefix: string, time: Date): Promise<void> {
    const end = `${prefix}${time.getTime().toString(36).padStart(9, '0')}`;
    const rows = await this.query(odata`RowKey ge ${prefix} and RowKey lt ${end}`);
    for (let from = 0; from < rows.length; from += MOST_IN_A_TRANSACTION) {
      const actions = rows
        .slice(from, from + MOST_IN_A_TRANSACTION)
        .map(({ rowKey }): TransactionAction => ['delete', { partitionKey: this.tenantId, rowKey }]);
      await this.write(() => this.table.submitTransaction(actions, this.call()));
    }
  }

  private summaries(prefix: string, limit: number): Promise<UserSummary[]> {
    return this.range<UserSummary>(prefix, limit);
  }

  /** Pages to the end, or to `limit` rows. */
  private async query<T extends object>(filter: string, limit = Infinity) {
    const partition = odata`PartitionKey eq ${this.tenantId}`;
    const options = {
      queryOptions: { filter: `${partition} and ${filter}` },
      abortSignal: this.scope.signal(),
    };
    const pages = this.table.listEntities<StoredRow>(options).byPage({ maxPageSize: Math.min(limit, 1000) });
    const rows: { rowKey: string; value: Stored<T> }[] = [];
    for await (const page of pages) {
      this.scope.onRequest();
      rows.push(...page.map((row) => read<T>(row)));
      if (rows.length >= limit) break;
    }
    return rows.slice(0, limit);
  }

  private async write(send: () => Promise<unknown>): Promise<void> {
    try {
      await send();
    } catch (error) {
      if (isConflict(error)) throw this.domain.conflict('the ledger was changed meanwhile', error);
      throw error;
    }
  }

  private call() {
    this.scope.onRequest();
    return { abortSignal: this.scope.signal() };
  }
}

/** The end of the range of a prefix: letters of every script come before it. */
const endOf = (prefix: string): string => `${prefix}\uFFFD`;

function read<T extends object>(row: TableEntityResult<StoredRow>): { rowKey: string; value: Stored<T> } {
  const { rowKey = '', v, data, etag } = row;
  if (v > ROW_VERSION)
    throw new Error(`row ${rowKey} has version ${v}, this program knows ${ROW_VERSION}: update it`);
  return { rowKey, value: { ...(JSON.parse(data) as T), etag } }; // written by `entity`, nobody else writes the table
}

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
