import { setTimeout as wait } from 'node:timers/promises';
import { type HttpAnswer, httpRequest, retryAfterMs } from '../../http/httpRequest';
import { withDeadline } from '../deadline';

/** A piece of an upload, in bytes: 5 MiB, a multiple of 320 KiB, as OneDrive wants all but the last to be. */
const PIECE = 16 * 320 * 1024;
/** What is held of one file, since its length must be known before it is sent. */
export const MOST_MB = 60;
const MOST_PIECES = (MOST_MB * 1024 * 1024) / PIECE;

const PIECE_WITHIN_MS = 60_000;
const PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 30_000;

/** The file would be larger than what is held of one. */
export class FileTooLargeError extends Error {
  override readonly name = 'FileTooLargeError';
}

/** OneDrive did not take a piece. Where to isn't said: the address is a capability. */
export class UploadError extends Error {
  override readonly name = 'UploadError';

  constructor(readonly statusCode: number) {
    super(`OneDrive answered ${statusCode}`);
  }

  /** There is no such upload any more: it is done already, or has run out. */
  get isOver(): boolean {
    return [404, 409, 410].includes(this.statusCode);
  }
}

/** All of a file, in pieces as they are sent. @throws FileTooLargeError beyond 60 MB */
export async function collect(
  chunks: AsyncIterable<string | Uint8Array>,
  signal: AbortSignal,
): Promise<Buffer[]> {
  const pieces: Buffer[] = [];
  let piece = Buffer.alloc(0);
  let filled = 0;
  for await (const chunk of chunks) {
    signal.throwIfAborted();
    for (let rest = Buffer.from(chunk as Uint8Array); rest.length > 0;) {
      if (filled === piece.length) {
        if (pieces.length === MOST_PIECES) throw new FileTooLargeError();
        pieces.push((piece = Buffer.allocUnsafe(PIECE)));
        filled = 0;
      }
      const taken = rest.copy(piece, filled);
      filled += taken;
      rest = rest.subarray(taken);
    }
  }
  return pieces.map((each) => (each === piece ? each.subarray(0, filled) : each));
}

/**
 * Sends a file to an upload session of OneDrive, piece by piece, each within 60 s; what it can't take just then is sent
 * once more.
 * @throws UploadError, or whatever kept an answer from coming
 */
export async function upload(pieces: readonly Buffer[], to: URL, signal: AbortSignal): Promise<void> {
  const total = pieces.reduce((sum, { length }) => sum + length, 0);
  let at = 0;
  for (const piece of pieces) {
    const range = `bytes ${at}-${at + piece.length - 1}/${total}`;
    const first = await put(piece, to, range, signal);
    if (first.status >= 300) {
      const pauseMs = pauseOf(first);
      if (pauseMs === undefined) throw new UploadError(first.status);
      await wait(pauseMs, undefined, { signal });
      const { status } = await put(piece, to, range, signal);
      if (status >= 300) throw new UploadError(status);
    }
    at += piece.length;
  }
}

const put = (body: Buffer, to: URL, range: string, parent: AbortSignal): Promise<HttpAnswer> =>
  withDeadline(PIECE_WITHIN_MS, parent, (signal) => {
    const headers = { 'content-range': range, 'content-type': 'application/octet-stream' };
    return httpRequest(to.href, { method: 'PUT', headers, body, signal });
  });

/** How long to wait before it is sent once more; undefined when that makes no sense. */
function pauseOf({ status, headers }: HttpAnswer): number | undefined {
  if (status !== 429 && status < 500) return undefined;
  const asked = retryAfterMs(headers, Date.now()) ?? PAUSE_MS;
  return asked <= LONGEST_PAUSE_MS ? asked : undefined;
}
