import type { User } from '../../benefits/model';
import type { Ports } from '../../benefits/ports';
import type { FileKind, OfferedFile } from '../../dialogs/turn';
import type { Texts, Verb } from '../../locales/texts';
import { resultFile, templateFile } from './bulkFiles';
import { exportFile } from './exportFile';

/** Who said yes to a file, and what came back with it. */
export interface FileAsk {
  readonly user: User;
  /** From outside: each maker checks its own. */
  readonly details: OfferedFile['details'];
  readonly ports: Ports;
  readonly t: Texts;
}

export interface FileToMake {
  /** What is in it, made when it is asked for. */
  readonly chunks: AsyncIterable<string | Uint8Array>;
  /** Writes down that the person gets it: nothing leaves before that. */
  record?(): Promise<void>;
}

interface Offer {
  /** Says whether they may have it. @throws BenefitError */
  readonly make: (ask: FileAsk) => FileToMake | Promise<FileToMake>;
  /** The button by which it is asked for anew. */
  readonly again: Verb;
}

/** Every kind of file that a turn may offer: who may have it, and how it is made. */
export const offers: Readonly<Record<FileKind, Offer>> = {
  export: { make: exportFile, again: 'export' },
  template: { make: templateFile, again: 'bulkTemplate' },
  result: { make: resultFile, again: 'bulkFile' },
};

export const KINDS = Object.keys(offers) as [FileKind, ...FileKind[]];
