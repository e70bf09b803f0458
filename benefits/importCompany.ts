import { isDeepStrictEqual } from 'node:util';
import { atOnce } from './atOnce';
import { BenefitError } from './errors';
import { importKeys, type NewKey } from './importKeys';
import type { Benefit, Company, User } from './model';
import { untilSettled } from './operations';
import type { Change, Ports } from './ports';
import { countAdmins } from './roles';
import { normalEmail } from './words';

/** A company file whose form has been checked (samples/README.md documents it). */
export interface CompanyFile {
  readonly company: Omit<Company, 'accountAdmins'>;
  readonly benefits: readonly FileBenefit[];
  readonly users: readonly FileUser[];
}

/** Its product keys come in the clear, and never go further so. */
export type FileBenefit = Omit<Benefit, 'held' | 'keyCounts'> & { readonly keys?: readonly NewKey[] };

/** What is absent is kept as it is. */
export type FileUser = Pick<User, 'id' | 'email' | 'displayName'> &
  Partial<Pick<User, 'roles' | 'active' | 'language' | 'objectId'>>;

type Fate = 'created' | 'changed' | 'unchanged';
export type ImportReport = Record<'company' | 'benefits' | 'users' | 'keys', Record<Fate, number>>;

const AT_ONCE = 8;

/**
 * Writes a company file as repeatable upserts. Nothing is deleted; `held`, and what was given out of keys
 * and hours, is never touched. All of it is checked against the ledger before anything is written.
 *
 * @param told hears how many users are checked, and then how many are written
 * @throws BenefitError `seatsBelowHeld`, `keyKindFixed`, `emailTaken`, `signInTaken`
 */
export async function importCompany(
  ports: Ports,
  file: CompanyFile,
  dryRun: boolean,
  told: (step: 'checked' | 'written', users: number) => void = () => {},
): Promise<ImportReport> {
  const checked = await pass(ports, file, false, (users) => told('checked', users));
  return dryRun ? checked : pass(ports, file, true, (users) => told('written', users));
}

async function pass(
  ports: Ports,
  file: CompanyFile,
  write: boolean,
  told: (users: number) => void,
): Promise<ImportReport> {
  const report: ImportReport = {
    company: noFates(),
    benefits: noFates(),
    users: noFates(),
    keys: noFates(),
  };
  report.company[await upsert(ports, write, () => companyChange(ports, file.company))]++;
  await atOnce(AT_ONCE, file.benefits, async (benefit) => {
    report.benefits[await upsert(ports, write, () => benefitChange(ports, benefit))]++;
  });
  const admins = file.users.filter(({ roles }) => roles?.includes('accountAdmin'));
  const others = file.users.filter((user) => !admins.includes(user));
  // Account admins are counted on the company's row, so one after another.
  for (const user of admins) await take(user);
  await atOnce(AT_ONCE, others, take);
  for (const { id, keys = [] } of file.benefits) {
    if (keys.length === 0) continue;
    const { created, unchanged } = await keysOf(ports, id, keys, write);
    report.keys.created += created;
    report.keys.unchanged += unchanged;
  }
  return report;

  async function take(user: FileUser): Promise<void> {
    report.users[await upsert(ports, write, () => userChanges(ports, user))]++;
    told(Object.values(report.users).reduce((sum, count) => sum + count));
  }
}

const noFates = (): Record<Fate, number> => ({ created: 0, changed: 0, unchanged: 0 });

function upsert(ports: Ports, write: boolean, decide: () => Promise<Change[]>): Promise<Fate> {
  return untilSettled(ports, async () => {
    const changes = await decide();
    const [first] = changes;
    if (!first) return 'unchanged';
    if (write) await ports.ledger.commit(changes);
    return 'before' in first && first.before ? 'changed' : 'created';
  });
}

async function companyChange(ports: Ports, company: CompanyFile['company']): Promise<Change[]> {
  const before = await ports.ledger.company();
  const after = { ...company, accountAdmins: before?.accountAdmins ?? 0 };
  return isSame(before, after) ? [] : [{ of: 'company', before, after }];
}

async function benefitChange(ports: Ports, { keys: _, ...benefit }: FileBenefit): Promise<Change[]> {
  const before = await ports.ledger.benefit(benefit.id);
  const held = before?.held ?? 0;
  if (benefit.seats < held) {
    throw new BenefitError('seatsBelowHeld', { benefit: benefit.name, seats: benefit.seats, held });
  }
  if (before?.keyCounts?.total && benefit.keyKind !== before.keyKind) {
    throw new BenefitError('keyKindFixed', { benefit: benefit.name });
  }
  const used = benefit.unit === 'hours' ? before?.used : benefit.used;
  const after: Benefit = { ...benefit, held, used, keyCounts: before?.keyCounts };
  return isSame(before, after) ? [] : [{ of: 'benefit', before, after }];
}

/** Before its benefit is written, none of its keys is there. */
async function keysOf(ports: Ports, benefitId: string, keys: readonly NewKey[], write: boolean) {
  const isThere = write || (await ports.ledger.benefit(benefitId)) !== undefined;
  return isThere
    ? importKeys(ports, benefitId, keys, { write, isAudited: false })
    : { created: keys.length, unchanged: 0 };
}

/** A user is found by id, else by e-mail: somebody who spoke to the bot first keeps the id they were given then. */
async function userChanges(ports: Ports, file: FileUser): Promise<Change[]> {
  const { ledger } = ports;
  const email = normalEmail(file.email);
  const [byId, byEmail, bySignIn] = await Promise.all([
    ledger.user(file.id),
    userByEmail(ports, email),
    file.objectId === undefined ? undefined : ledger.userIdOfSignIn(file.objectId),
  ]);
  const before = byId ?? byEmail;
  if (byEmail && byEmail.id !== before?.id) throw new BenefitError('emailTaken', { email });
  if (bySignIn !== undefined && bySignIn !== before?.id) throw new BenefitError('signInTaken', { email });
  const after: User = { roles: [], active: true, ...before, ...file, email, id: before?.id ?? file.id };
  if (isSame(before, after)) return [];
  const company = await ledger.company();
  return [{ of: 'user', before, after }, ...(company ? countAdmins(company, before, after) : [])];
}

async function userByEmail({ ledger }: Ports, email: string) {
  const userId = await ledger.userIdOfEmail(email);
  return userId === undefined ? undefined : ledger.user(userId);
}

/** The same but for the ETag and for what is absent. */
function isSame<T extends object>(stored: (T & { etag?: string }) | undefined, value: T): boolean {
  const plain = (object: object): unknown => JSON.parse(JSON.stringify({ ...object, etag: undefined }));
  return stored !== undefined && isDeepStrictEqual(plain(stored), plain(value));
}
