import type { IncomingMessage } from 'node:http';

const MAX_BYTES = 256 * 1024;
/** A body over the limit is read on (and thrown away) up to here, so that who sends it gets to read our answer. */
const MAX_BYTES_READ = 4 * MAX_BYTES;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** A body that is not read: `status` is the answer to it. */
export class BodyError extends Error {
  override readonly name = 'BodyError';

  constructor(
    readonly status: 400 | 413 | 415,
    /** For the log only. */
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}

/**
 * Reads a JSON body of at most 256 KiB, whatever its content-length says.
 * @throws BodyError 413 when it is longer, 415 when it is not plain `application/json`, 400 when it is not JSON
 */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  return parseJson(await readRawBody(request));
}

/**
 * The bytes of a JSON body as they came, not parsed yet: for who must check a signature over them first.
 * @throws BodyError 413 and 415 as `readJsonBody`
 */
export async function readRawBody(request: IncomingMessage): Promise<Buffer> {
  const bytes = await readBytes(request);
  if (bytes === undefined) throw new BodyError(413, `body over ${MAX_BYTES} bytes`);
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = request.headers;
  if (!/^application\/json *(;|$)/i.test(type))
    throw new BodyError(415, 'content-type is not application/json');
  if (encoding !== 'identity') throw new BodyError(415, 'body is encoded');
  return bytes;
}

/** @throws BodyError 400 when the bytes are not JSON in UTF-8 */
export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch (cause) {
    throw new BodyError(400, 'body is not JSON', { cause });
  }
}

/** The whole body, or undefined when it is too long. */
function readBytes(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= MAX_BYTES) chunks.push(chunk);
      else chunks.length = 0;
      if (length > MAX_BYTES_READ) {
        request.pause();
        resolve(undefined);
      }
    });
    request.on('end', () => resolve(length > MAX_BYTES ? undefined : Buffer.concat(chunks)));
    request.on('error', (cause) => reject(new BodyError(400, 'body broke off', { cause })));
    request.on('close', () => request.complete || reject(new BodyError(400, 'body broke off')));
  });
}
