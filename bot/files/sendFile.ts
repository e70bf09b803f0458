import type { Logger } from 'pino';
import type { AdaptiveCard } from '../../cards/bind';
import type { Texts } from '../../locales/texts';
import { withDeadline } from '../deadline';
import type { FilesConfig } from '../fileSettings';
import type { StoredFile } from './consentCards';
import { fileAddress } from './fileAddress';
import { fileCard, type OfferOf } from './fileCards';
import type { FileToMake } from './offers';
import { collect, FileTooLargeError, upload, UploadError } from './upload';
import { StoppingError } from './uploads';

const SENT_WITHIN_MS = 5 * 60_000;

/** A file that somebody wants, and where Teams has made room for it. */
export interface Shipment {
  readonly offer: OfferOf;
  readonly file: FileToMake;
  readonly stored: StoredFile;
  readonly uploadUrl: string;
  readonly t: Texts;
  /** What the person sees of it. */
  readonly chat: {
    /** In place of the question, or of what was shown before. */
    shows(card: AdaptiveCard): Promise<void>;
    gets(file: StoredFile): Promise<void>;
  };
}

interface Parts {
  readonly files: FilesConfig;
  readonly log: Logger;
  /** A reference to quote, as of any fault. */
  reference(): string;
}

/** Makes the file and sends it, within 5 minutes, and tells the person what came of it. */
export async function sendFile(shipment: Shipment, parts: Parts, stopping: AbortSignal): Promise<void> {
  const { offer, stored, t, chat } = shipment;
  const { name } = stored;
  await chat.shows(fileCard('making', offer, t, { name }));
  try {
    await withDeadline(SENT_WITHIN_MS, stopping, (signal) => ship(shipment, parts, signal));
    await chat.gets(stored);
    await chat.shows(fileCard('sent', offer, t, { name }));
  } catch (error) {
    await chat.shows(whyNot(error, shipment, parts));
  }
}

async function ship(
  { file, stored, uploadUrl }: Shipment,
  { files }: Parts,
  signal: AbortSignal,
): Promise<void> {
  const to = fileAddress(uploadUrl, files);
  if (!to || !fileAddress(stored.contentUrl, files))
    throw new Error(`${hostOf(uploadUrl)} is not in FILE_HOSTS`);
  signal.throwIfAborted();
  const pieces = await collect(file.chunks, signal);
  await file.record?.();
  await upload(pieces, to, signal);
}

function whyNot(err: unknown, { offer, t }: Shipment, { log, reference: next }: Parts): AdaptiveCard {
  if (err instanceof StoppingError) return fileCard('stopped', offer, t);
  if (err instanceof FileTooLargeError) return fileCard('tooLarge', offer, t);
  if (err instanceof UploadError && err.isOver) return fileCard('over', offer, t);
  const reference = next();
  log.error({ err, reference, what: offer.what }, 'a file was not sent');
  return fileCard('failed', offer, t, { reference });
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).hostname : 'what is no address');
