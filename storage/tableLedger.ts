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
} from '../benefits/model';
import type { Bulk, BulkPart } from '../benefits/bulk';
import type { DueWork, Notice } from '../benefits/work';
import type { Change, Ledger, NewerWork } from '../benefits/ports';
import type { Claims, ProductKey } from '../benefits/productKey';
import type { Refusals } from '../benefits/refusals';
import type { ServiceRequest } from '../benefits/serviceRequest';
import type { EntityTable } from './entityTable';
import { actionsOf } from './ledgerActions';
import { type Found, LedgerPartition, type NewerRow, refuse } from './ledgerPartition';
import {
  auditKey,
  auditLists,
  type Fold,
  keys,
  listKey,
  pendingKey,
  requestKey,
  wordsOf,
} from './ledgerKeys';
import { ownerOf, peopleIn } from './ledgerPeople';
import { chatRow } from './ledgerRows';
import type { Remembered } from './remembered';

/** What the domain gives to storage, which knows only its types. */
export interface LedgerDomain {
  readonly fold: Fold;
  /** Makes the error that tells the domain to read and decide again. */
  conflict(message: string, cause: unknown): Error;
}

const ROWS_OF_PEOPLE = 1_000;

/** One company's ledger: one partition of the table `Ledger`, in which a commit is one entity group transaction. */
export class TableLedger implements Ledger {
  private readonly rows: LedgerPartition;
  /** What is remembered of it for what is shown, by the kind of change that ends that. */
  private readonly shown: Readonly<Record<'company' | 'benefit', string>>;

  constructor(
    table: EntityTable,
    private readonly tenantId: string,
    private readonly domain: LedgerDomain,
    private readonly remembered: Remembered,
    /** Told when a commit left something to do unasked. */
    private readonly onWork: () => void,
  ) {
    this.rows = new LedgerPartition(table, tenantId, domain.conflict);
    this.shown = { company: `${tenantId}/company`, benefit: `${tenantId}/benefits` };
  }

  company(): Promise<Stored<Company> | undefined> {
    return this.rows.point<Company>(keys.company);
  }

  companyShown(): Promise<Company | undefined> {
    return this.remembered.read(this.shown.company, () => this.company());
  }

  benefits(): Promise<Stored<Benefit>[]> {
    return this.range<Benefit>(keys.benefits);
  }

  benefitsShown(how?: 'fresh'): Promise<readonly Benefit[]> {
    return this.remembered.read(this.shown.benefit, () => this.benefits(), how);
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
    return peopleIn(await this.rows.range<object>(from, `${from}"`, { onNewer: leaveOutNotices }))[0];
  }

  async *people(): AsyncGenerator<Person[]> {
    let from: string = keys.users;
    // Whose rows may go on on the next page.
    let last: Found<object>[] = [];
    for (;;) {
      const options = { limit: ROWS_OF_PEOPLE, onNewer: leaveOutNotices };
      const page = await this.rows.range<object>(from, endOf(keys.users), options);
      const end = page.at(-1);
      const rows = [...last, ...page];
      if (!end || page.length < ROWS_OF_PEOPLE) return yield peopleIn(rows);
      last = rows.filter((row) => ownerOf(row) === ownerOf(end));
      yield peopleIn(rows.slice(0, -last.length));
      from = `${end.rowKey}!`;
    }
  }

  async userIdOfSignIn(objectId: string, how?: 'fresh'): Promise<string | undefined> {
    const known = this.remembered.userIdOfSignIn(this.tenantId, objectId);
    if (known !== undefined && how !== 'fresh') return known;
    const userId = (await this.rows.point<{ userId: string }>(keys.signIn(objectId)))?.userId;
    if (userId === undefined) return undefined;
    this.remembered.rememberSignIn(this.tenantId, objectId, userId);
    return userId;
  }

  async userIdOfEmail(email: string): Promise<string | undefined> {
    return (await this.rows.point<{ userId: string }>(keys.email(email)))?.userId;
  }

  usersByName(limit: number, after?: Pick<User, 'id' | 'displayName'>): Promise<UserSummary[]> {
    const from = after && listKey('active', after, this.domain.fold);
    return this.range<UserSummary>(keys.usersByName, limit, from);
  }

  async usersToChooseFrom(most: number, first: number) {
    // A hundred rows for a list of a few cost a third of a turn.
    const isLarge = this.remembered.isLarge(this.tenantId);
    const users = await this.usersByName(isLarge ? first : most + 1);
    const hasMore = isLarge ? users.length === first : users.length > most;
    if (hasMore) this.remembered.noteLarge(this.tenantId);
    return { users: hasMore ? users.slice(0, first) : users, hasMore };
  }

  inactiveUsers(limit: number, after?: Pick<User, 'id' | 'displayName'>): Promise<UserSummary[]> {
    const from = after && listKey('inactive', after, this.domain.fold);
    return this.range<UserSummary>(keys.inactiveByName, limit, from);
  }

  async searchUsers(text: string, limit: number): Promise<UserSummary[]> {
    const words = wordsOf(text, this.domain.fold);
    if (words === '') return this.usersByName(limit);
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

  pendingActivations(limit: number, after?: Parameters<typeof pendingKey>[0]): Promise<Stored<Assignment>[]> {
    return this.range<Assignment>(keys.pending, limit, after && pendingKey(after));
  }

  holders(benefitId: string, limit: number, after?: string): Promise<Stored<Assignment>[]> {
    const from = after === undefined ? undefined : keys.assignment(benefitId, after);
    return this.range<Assignment>(keys.assignments(benefitId), limit, from);
  }

  handover(benefitId: string, fromUserId: string): Promise<Stored<Handover> | undefined> {
    return this.rows.point<Handover>(keys.handover(benefitId, fromUserId));
  }

  handovers(benefitId: string): Promise<Stored<Handover>[]> {
    return this.range<Handover>(keys.handovers(benefitId));
  }

  productKeys(benefitId: string): Promise<Stored<ProductKey>[]> {
    return this.range<ProductKey>(keys.productKeys(benefitId));
  }

  claims(userId: string, day: Day): Promise<Stored<Claims> | undefined> {
    return this.rows.point<Claims>(keys.claimsOf(day, userId));
  }

  refusals(minute: Instant, userId: string): Promise<Stored<Refusals> | undefined> {
    return this.rows.point<Refusals>(keys.refusalsOf(minute, userId));
  }

  serviceRequest(id: string): Promise<Stored<ServiceRequest> | undefined> {
    return this.rows.point<ServiceRequest>(keys.serviceRequest(id));
  }

  serviceRequests(
    limit: number,
    { userId, after }: Parameters<Ledger['serviceRequests']>[1] = {},
  ): Promise<ServiceRequest[]> {
    const list = userId === undefined ? keys.serviceRequests : keys.serviceRequestsOf(userId);
    const from = after === undefined ? undefined : `${list}${requestKey(after)}`;
    return this.range<ServiceRequest>(list, limit, from);
  }

  history(
    limit: number,
    { benefitId, userId, after }: Parameters<Ledger['history']>[1] = {},
  ): Promise<AuditRecord[]> {
    const ofUser = userId === undefined ? auditLists.all : auditLists.user(userId);
    const list = benefitId === undefined ? ofUser : auditLists.benefit(benefitId);
    return this.range<AuditRecord>(list, limit, after && `${list}${auditKey(after)}`);
  }

  notices(state: Exclude<Notice['state'], 'open'>, limit?: number): Promise<Stored<Notice>[]> {
    return this.range<Notice>(keys.notices(state), limit, undefined, leaveOut);
  }

  dueWork(limit: number, from?: Instant): Promise<Stored<DueWork>[]> {
    const after = from === undefined ? undefined : `${keys.dueWork}${from}`;
    return this.range<DueWork>(keys.dueWork, limit, after, leaveOut);
  }

  async newerWork(): Promise<NewerWork[]> {
    const found: NewerWork[] = [];
    const onNewer = ({ rowKey, version }: NewerRow) => void found.push({ row: rowKey, version });
    for (const list of [keys.notices('waiting'), keys.notices('parked'), keys.dueWork])
      await this.range(list, undefined, undefined, onNewer);
    return found;
  }

  bulk(bulkId: string): Promise<Stored<Bulk> | undefined> {
    return this.rows.point<Bulk>(keys.bulk(bulkId));
  }

  bulkPart(bulkId: string, index: number): Promise<Stored<BulkPart> | undefined> {
    return this.rows.point<BulkPart>(keys.bulkPart(bulkId, index));
  }

  bulkParts(bulkId: string): Promise<Stored<BulkPart>[]> {
    return this.range<BulkPart>(`${keys.bulk(bulkId)}!`);
  }

  userSync(): Promise<Stored<UserSync> | undefined> {
    return this.rows.point<UserSync>(keys.userSync);
  }

  dueWorkById(at: Instant, id: string): Promise<Stored<DueWork> | undefined> {
    return this.rows.point<DueWork>(keys.dueWorkAt(at, id));
  }

  async purge({ sent, operations }: { readonly sent: Date; readonly operations: Date }): Promise<void> {
    for (const [prefix, time] of [
      [keys.notices('sent'), sent],
      [keys.operation(''), operations],
      [keys.bulks, operations],
    ] as const) {
      // Their ids begin with a time (`newOperationId`, `newSortedId`).
      await this.rows.deleteRange(prefix, `${prefix}${time.getTime().toString(36).padStart(9, '0')}`);
    }
    await this.rows.deleteRange(keys.claims, `${keys.claims}${operations.toISOString().slice(0, 10)}`);
    await this.rows.deleteRange(keys.refusals, `${keys.refusals}${sent.toISOString()}`);
  }

  async commit(changes: readonly Change[]): Promise<void> {
    try {
      await this.rows.submit(actionsOf(changes, this.rows, this.domain.fold));
    } finally {
      // Also after a failure: storage may have done it, and never said so.
      for (const { of } of changes)
        if (of === 'company' || of === 'benefit') this.remembered.forget(this.shown[of]);
      if (changes.some(({ of }) => of === 'notice' || of === 'due')) this.announce();
    }
  }

  announce(): void {
    this.onWork();
  }

  saveChat(userId: string, chat: Chat, before?: Stored<Chat>): Promise<void> {
    return this.rows.put(chatRow(userId, chat), before?.etag);
  }

  /** The rows of a prefix. @param after the key of the last row of the page before */
  private async range<T extends object>(
    prefix: string,
    limit?: number,
    after?: string,
    onNewer?: (row: NewerRow) => void,
  ): Promise<Stored<T>[]> {
    const from = after === undefined ? prefix : `${after}!`;
    const rows = await this.rows.range<T>(from, endOf(prefix), { limit, onNewer });
    return rows.map(({ value }) => value);
  }
}

/** Work that only a newer program can read holds up no other: it is stepped over until one runs. */
const leaveOut = (): void => {};

/** A message that can't be read yet keeps nobody from their turn: a newer program sends it when they come. */
const leaveOutNotices = (row: NewerRow) => /^u![^!]+!n!/.test(row.rowKey) || refuse(row);

/** The end of the range of a prefix: letters of every script come before it. */
const endOf = (prefix: string): string => `${prefix}\uFFFD`;
