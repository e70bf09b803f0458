import type { AppInstaller } from './directory';
import type { Person, Stored } from './model';
import { newSortedId } from './operations';
import { type Change, ConflictError, type Ports } from './ports';
import type { DueOf } from './work';

/** Teams is asked no longer. */
const TRIED_FOR_MS = 24 * 3600_000;

/**
 * That the bot is to be installed for somebody who never opened it, so that what waits for them arrives: once a
 * person, whatever comes of it. Nothing when it was asked for before, or nobody knows how they sign in.
 */
export function toInstall(ports: Ports, { user }: Person): Change[] {
  if (user.objectId === undefined || user.isInstallAsked) return [];
  const at = ports.now().toISOString();
  const due = { id: newSortedId(ports), at, kind: 'installApp', userId: user.id, since: at } as const;
  return [
    { of: 'user', before: user, after: { ...user, isInstallAsked: true } },
    { of: 'due', after: due },
  ];
}

/**
 * Installs it, unless they have come by themselves.
 * @param installer undefined: it isn't wanted any more
 * @throws DirectoryError as long as it is worth another try
 */
export async function installApp(
  ports: Ports,
  installer: AppInstaller | undefined,
  due: Stored<DueOf<'installApp'>>,
): Promise<void> {
  const { ledger } = ports;
  const person = await ledger.person(due.userId);
  const objectId = person?.user.active && !person.chat ? person.user.objectId : undefined;
  const isOld = ports.now().getTime() - Date.parse(due.since) > TRIED_FOR_MS;
  if (installer && objectId !== undefined && !isOld) await installer.install(objectId);
  await done(ports, due);
}

/** It has been seen to, or can't be. */
export async function done({ ledger }: Ports, due: Stored<DueOf<'installApp'>>): Promise<void> {
  try {
    await ledger.commit([{ of: 'due', before: due }]);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
  }
}
