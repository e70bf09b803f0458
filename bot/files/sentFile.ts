import type { Activity } from 'botbuilder';
import type { Logger } from 'pino';
import { z } from 'zod';
import { BenefitError } from '../../benefits/errors';
import { openRequest } from '../../http/httpRequest';
import { withDeadline } from '../deadline';
import type { FilesConfig } from '../fileSettings';
import { isPrivate } from '../speaker';
import { turnScope } from '../turnScope';
import { fileAddress } from './fileAddress';

/** A file that somebody has sent to the bot. Its address is a capability: it stands in no log, row or message. */
export interface SentFile {
  readonly name: string;
  readonly url: string;
}

const FETCHED_WITHIN_MS = 5_000;
const MOST_MB = 2;

const attachment = z.object({
  contentType: z.literal('application/vnd.microsoft.teams.file.download.info'),
  name: z.string().max(1_000),
  content: z.object({ downloadUrl: z.string() }),
});

/** The first file of a message in a private chat; undefined when there is none. */
export function sentFileIn(activity: Activity): SentFile | undefined {
  if (activity.type !== 'message' || !isPrivate(activity)) return undefined;
  const attachments: unknown = activity.attachments;
  if (!Array.isArray(attachments)) return undefined;
  const [first] = attachments.flatMap((each) => attachment.safeParse(each).data ?? []);
  return first && { name: first.name, url: first.content.downloadUrl };
}

/** It was answered, but not with the file. */
class StatusError extends Error {}

interface FetchParts {
  readonly files: FilesConfig;
  readonly log: Logger;
}

/**
 * What is in the file, within 5 s and up to 2 MB, whatever length is said beforehand. Only an address on the list is
 * asked, and no redirect is followed.
 * @throws BenefitError `fileTooLarge`, `fileNotFetched`
 */
export async function fetchFile({ url }: SentFile, { files, log }: FetchParts): Promise<Uint8Array> {
  const address = fileAddress(url, files);
  if (!address) return notFetched(log, { host: hostOf(url), why: 'host is not in FILE_HOSTS' });
  try {
    return await withDeadline(FETCHED_WITHIN_MS, turnScope.signal(), (signal) => read(address, signal));
  } catch (error) {
    if (error instanceof BenefitError) throw error;
    return notFetched(log, { host: address.host, why: reasonOf(error) }, error);
  }
}

async function read(address: URL, signal: AbortSignal): Promise<Uint8Array> {
  const { statusCode, body } = await openRequest(address.href, { method: 'GET', headers: {}, signal });
  try {
    if (statusCode !== 200) throw new StatusError(`status ${statusCode}`);
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MOST_MB * 1024 * 1024) throw new BenefitError('fileTooLarge', { limit: MOST_MB });
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } finally {
    body.once('error', () => {}).destroy(); // the error is that it was cut off here
  }
}

function notFetched(log: Logger, about: { host: string; why: string }, cause?: unknown): never {
  log.warn(about, 'a file was not fetched');
  throw new BenefitError('fileNotFetched', {}, { cause });
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).hostname.slice(0, 253) : '');

/** Without what else an error may quote: the address. */
function reasonOf(error: unknown): string {
  if (error instanceof StatusError) return error.message;
  const { code, name } = error as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : String(name);
}
