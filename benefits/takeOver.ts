import type { Directory, DirectoryUser } from './directory';
import type { EditableField, Person, User } from './model';
import { teamsNotice } from './notices';
import { untilSettled } from './operations';
import { type Change, ConflictError, type Ports } from './ports';
import { byOutsider } from './records';
import { newUserId, shortenedName } from './users';
import { isEmail, normalEmail } from './words';

/** What became of what Entra ID says of somebody. `skipped`: nobody of ours, and nobody to enter. */
export type Taken = 'entered' | 'linked' | 'changed' | 'unchanged' | 'skipped';

export interface TakenOver {
  readonly taken: Taken;
  /** Why not all of it was taken over: the address is another user's. */
  readonly refused?: 'emailTaken' | 'signInTaken';
  /** Whose account was found disabled or removed now, with what they hold. */
  readonly left?: Person;
}

export interface TakeOverOptions {
  /** What isn't said is not there; else it may just not have changed. */
  readonly isWhole: boolean;
  /** False: only says what it would come to. */
  readonly write: boolean;
}

/**
 * Takes over what Entra ID says of one person; said again, it changes nothing. Whoever is new is entered as an
 * employee and linked to their sign-in, but no guest, nobody without an address, and no disabled account. Nobody is
 * deactivated: account admins are told of whoever has left and holds something.
 *
 * @throws BenefitError `tooBusy`; DirectoryError
 */
export function takeOver(
  ports: Ports,
  directory: Directory,
  said: DirectoryUser,
  { isWhole, write }: TakeOverOptions,
): Promise<TakenOver> {
  return untilSettled(ports, async () => {
    const known = await ports.ledger.userIdOfSignIn(said.objectId, 'fresh');
    const person = known === undefined ? undefined : await ports.ledger.person(known);
    if (known !== undefined && !person) throw new ConflictError(`user ${known} of a sign-in has no row`);
    const isEnough =
      isWhole || said.isRemoved || (person ? !person.user.leftEntra : false) || isComplete(said);
    const all = isEnough ? said : await lookUp(directory, said.objectId);
    const { changes, ...outcome } = await (person ? ofKnown(ports, person, all) : ofNew(ports, all));
    if (write && changes.length > 0) await ports.ledger.commit(changes);
    return outcome;
  });
}

type Decided = TakenOver & { readonly changes: readonly Change[] };

const isComplete = ({ displayName, email, isEnabled, isGuest }: DirectoryUser): boolean =>
  ![displayName, email, isEnabled, isGuest].includes(undefined);

/** What Entra ID says of somebody now: who isn't there was removed. */
export const lookUp = async (directory: Directory, objectId: string): Promise<DirectoryUser> =>
  (await directory.user(objectId)) ?? { objectId, isRemoved: true };

async function ofNew(ports: Ports, said: DirectoryUser): Promise<Decided> {
  const { ledger } = ports;
  const { objectId, displayName, language, isRemoved, isEnabled, isGuest } = said;
  const email = normalEmail(said.email ?? '');
  if (isRemoved || isGuest || !isEnabled || !isEmail(email)) return { taken: 'skipped', changes: [] };
  const userId = await ledger.userIdOfEmail(email);
  if (userId === undefined) {
    const user: User = {
      id: newUserId(ports),
      email,
      displayName: shortenedName(displayName?.trim() || email),
      roles: [],
      active: true,
      language,
      objectId,
    };
    const audit = byOutsider(ports, 'enterFromEntra', 'bot', user.id);
    return { taken: 'entered', changes: [{ of: 'user', after: user }, audit] };
  }
  const before = await ledger.user(userId);
  if (!before) throw new ConflictError(`user ${userId} of a known e-mail has no row`);
  if (before.objectId !== undefined) return { taken: 'skipped', refused: 'signInTaken', changes: [] };
  const after = { ...before, ...(await fieldsOf(ports, before, said)), objectId };
  const audit = byOutsider(ports, 'linkToEntra', 'bot', userId);
  return { taken: 'linked', changes: [{ of: 'user', before, after }, audit] };
}

async function ofKnown(ports: Ports, person: Person, said: DirectoryUser): Promise<Decided> {
  const { user: before } = person;
  const { refused, ...fields } = said.isRemoved ? {} : await fieldsOf(ports, before, said);
  const leftEntra = leftIn(before, said);
  const after: User = { ...before, ...fields, leftEntra };
  const changed = FIELDS.filter((field) => before[field] !== after[field]);
  const isNew = leftEntra !== undefined && before.leftEntra === undefined;
  if (changed.length === 0 && leftEntra === before.leftEntra)
    return { taken: 'unchanged', refused, changes: [] };
  return {
    taken: 'changed',
    refused,
    ...(isNew && { left: { ...person, user: { ...after, etag: before.etag } } }),
    changes: [
      { of: 'user', before, after },
      ...(changed.length > 0 ? [byOutsider(ports, 'changeFromEntra', 'bot', before.id, { changed })] : []),
      ...(isNew ? [byOutsider(ports, 'leftEntra', 'bot', before.id, { state: leftEntra })] : []),
      ...(isNew ? await tellAdmins(ports, { ...person, user: { ...before, ...after } }) : []),
    ],
  };
}

const FIELDS: readonly EditableField[] = ['displayName', 'email', 'language'];

/** What is said of their name, address and language, but for what an admin has set by hand. */
async function fieldsOf(
  { ledger }: Ports,
  before: User,
  said: DirectoryUser,
): Promise<Partial<Pick<User, EditableField>> & Pick<TakenOver, 'refused'>> {
  const isFree = (field: EditableField) => !before.setByHand?.includes(field);
  const name = shortenedName(said.displayName?.trim() ?? '');
  const email = normalEmail(said.email ?? '');
  const { language } = said;
  const isOther = isFree('email') && isEmail(email) && email !== before.email;
  const isTaken = isOther && ![undefined, before.id].includes(await ledger.userIdOfEmail(email));
  return {
    ...(isFree('displayName') && name !== '' && { displayName: name }),
    ...(isOther && !isTaken && { email }),
    ...(isFree('language') && language && { language }),
    ...(isTaken && { refused: 'emailTaken' as const }),
  };
}

/** Who was deactivated has been seen to. */
function leftIn({ active, leftEntra }: User, { isRemoved, isEnabled }: DirectoryUser): User['leftEntra'] {
  if (isEnabled === true && !isRemoved) return undefined;
  if (!active) return leftEntra;
  if (isRemoved) return 'removed';
  return isEnabled === false ? 'disabled' : leftEntra;
}

/** So many account admins are told. */
const TOLD = 5;
/** So many benefits are named. */
const NAMED = 15;

/** Of who holds nothing and has no role there is nothing to do: the operator's list has them. */
async function tellAdmins(
  ports: Ports,
  { user, assignments }: { readonly user: User; readonly assignments: Person['assignments'] },
): Promise<Change[]> {
  if (assignments.length === 0 && user.roles.length === 0) return [];
  const [admins, catalogue] = await Promise.all([
    ports.ledger.usersWithRole('accountAdmin', TOLD + 1),
    ports.ledger.benefits(),
  ]);
  const held = catalogue
    .filter(({ id }) => assignments.some(({ benefitId }) => benefitId === id))
    .slice(0, NAMED)
    .map(({ name }) => name);
  const facts = {
    user: user.displayName,
    state: user.leftEntra ?? 'removed',
    count: assignments.length,
    holds: {
      en: held.map(({ en }) => en).join(', '),
      fr: held.map(({ en, fr }) => fr ?? en).join(', '),
    },
  };
  return admins
    .filter(({ id }) => id !== user.id)
    .slice(0, TOLD)
    .map(({ id }) => teamsNotice(ports, id, 'leftEntra', facts));
}
