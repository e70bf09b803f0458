import { createHash } from 'node:crypto';
import type { Storage, StoreItem, StoreItems } from 'botbuilder';
import type { EntityTable, Key } from './entityTable';
import { isAbsent, isConflict } from './serviceError';

/** Given as an item's `eTag`, writes it only if its key holds nothing yet. No ETag of the service looks like this. */
export const CREATE_ONLY = 'create-only';

/** The most that one item may take as JSON, in bytes of UTF-8. */
export const MOST_STATE_BYTES = 256 * 1024;

/** Azure's limit for one property is 64 KiB. */
const CHUNK_BYTES = 60 * 1024;
/** Of a longer key only the start is shown to operators; the row is found by the hash of all of it. */
const SHOWN_KEY_BYTES = 30 * 1024;

/** Somebody else wrote or deleted the state of `key` since it was read; nothing of it was written now. */
export class StateConflictError extends Error {
  override readonly name = 'StateConflictError';
  constructor(
    readonly key: string,
    options?: ErrorOptions,
  ) {
    super(`The state "${key}" was changed by somebody else since it was read.`, options);
  }
}

/** The state of `key` takes more than {@link MOST_STATE_BYTES}; nothing was written. */
export class StateTooLargeError extends Error {
  override readonly name = 'StateTooLargeError';
  constructor(
    readonly key: string,
    readonly bytes: number,
  ) {
    super(`The state "${key}" takes ${bytes} bytes of JSON; at most ${MOST_STATE_BYTES} can be kept.`);
  }
}

interface Columns {
  key: string;
  /** Binary, in base64. */
  [chunk: `c${number}`]: string;
  [type: `c${number}@odata.type`]: 'Edm.Binary';
}

interface Write {
  key: string;
  /** Without one, whatever is there is replaced. */
  eTag: string | undefined;
  columns: Columns;
}

/**
 * Bot state on an Azure table, one row a key, whatever characters and length the key has.
 *
 * `eTag` counts as in the SDK's own storages: an item without one or with `*` is written over whatever is there,
 * with the one that it was read with only if nobody wrote in between, an empty one is refused.
 * Several keys are several requests at once, not a transaction; a fault in what is handed in (an empty eTag, a
 * size) is found before the first of them.
 *
 * Throws {@link StateConflictError}, {@link StateTooLargeError}, what the scope's signal was aborted with, and
 * whatever else the service says. A missing table is such an error, not an absent item.
 */
export class TableBotState implements Storage {
  constructor(private readonly table: EntityTable) {}

  /** The items that there are, each with its `eTag`; a key without one is absent from the answer. */
  async read(keys: string[]): Promise<StoreItems> {
    if (!keys) throw new ReferenceError('Keys are required when reading.');
    const found = await Promise.all(keys.map(async (key) => [key, await this.readOne(key)] as const));
    return Object.fromEntries(found.filter(([, item]) => item !== undefined));
  }

  async write(changes: StoreItems): Promise<void> {
    if (!changes) throw new ReferenceError('Changes are required when writing.');
    const writes = Object.entries(changes).map(([key, item]) => toWrite(key, item));
    await Promise.all(writes.map((write) => this.send(write)));
  }

  /** Writes one item by the same rules, {@link CREATE_ONLY} included, and answers the eTag that it has now. */
  async put(key: string, item: StoreItem): Promise<string> {
    return this.send(toWrite(key, item));
  }

  /** Deletes whatever is there, read before or not. */
  async delete(keys: string[]): Promise<void> {
    if (!keys) throw new ReferenceError('Keys are required when deleting.');
    await Promise.all(keys.map((key) => this.deleteOne(key)));
  }

  private async readOne(key: string): Promise<StoreItem | undefined> {
    const row = await this.table.get<Columns>(address(key));
    if (!row) return undefined;
    const state: StoreItem = JSON.parse(joined(row));
    return { ...state, eTag: row['odata.etag'] };
  }

  private async deleteOne(key: string): Promise<void> {
    try {
      await this.table.delete(address(key));
    } catch (error) {
      if (!isAbsent(error)) throw error;
    }
  }

  private async send(write: Write): Promise<string> {
    try {
      return await this.request(write);
    } catch (error) {
      if (isConflict(error)) throw new StateConflictError(write.key, { cause: error });
      throw error;
    }
  }

  /** Replaces the row whole, so that no chunk of a longer state stays behind. */
  private request({ key, columns, eTag }: Write): Promise<string> {
    if (eTag === CREATE_ONLY) return this.table.create(address(key), columns);
    return this.table.replace(address(key), columns, eTag);
  }
}

/** By all of the key's code units: in UTF-8, all halves of characters are the same. */
function address(key: string): Key {
  return { partitionKey: createHash('sha256').update(key, 'utf16le').digest('hex'), rowKey: 'state' };
}

function toWrite(key: string, { eTag, ...state }: StoreItem): Write {
  if (eTag === '') throw new TypeError(`The state "${key}" can't be written with an empty eTag.`);
  const json = Buffer.from(JSON.stringify(state));
  if (json.length > MOST_STATE_BYTES) throw new StateTooLargeError(key, json.length);
  const columns: Columns = { key: shown(key) };
  for (let n = 0; n * CHUNK_BYTES < json.length; n++) {
    columns[`c${n}`] = json.toString('base64', n * CHUNK_BYTES, (n + 1) * CHUNK_BYTES);
    columns[`c${n}@odata.type`] = 'Edm.Binary';
  }
  return { key, eTag: eTag === '*' ? undefined : eTag, columns };
}

function shown(key: string): string {
  return Buffer.from(key).subarray(0, SHOWN_KEY_BYTES).toString();
}

function joined(row: Columns): string {
  const chunks: Buffer[] = [];
  for (let chunk = row.c0; chunk; chunk = row[`c${chunks.length}`]) chunks.push(Buffer.from(chunk, 'base64'));
  return Buffer.concat(chunks).toString();
}
