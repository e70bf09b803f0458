import type { Language } from './model';

/**
 * What the company's directory (Microsoft Entra ID) says of somebody. What is absent it didn't say: that is as it
 * was. Null: there is none.
 */
export interface DirectoryUser {
  /** In lower case, as sign-ins are kept. */
  readonly objectId: string;
  readonly isRemoved?: boolean;
  readonly displayName?: string | null;
  readonly email?: string | null;
  /** One that we speak. */
  readonly language?: Language;
  readonly isEnabled?: boolean | null;
  readonly isGuest?: boolean;
}

export interface DirectoryPage {
  readonly users: readonly DirectoryUser[];
  /** Where to go on: at once, or when this is the last page, from where the next round begins. */
  readonly link: string;
  readonly isLast: boolean;
}

/** The directory of one company. @throws DirectoryError */
export interface Directory {
  /** What has changed. @param link as a page before gave it; without, everybody is told of */
  changes(link?: string): Promise<DirectoryPage>;
  /** All that is said of somebody; undefined when they aren't there. */
  user(objectId: string): Promise<DirectoryUser | undefined>;
}

/** Puts the bot into somebody's Teams. @throws DirectoryError */
export interface AppInstaller {
  /** Also when they have it already. */
  install(objectId: string): Promise<void>;
}

/** What the bot does unasked for a company at its Entra ID; undefined is what nobody wants. */
export interface Entra {
  readonly directory?: Directory;
  readonly installer?: AppInstaller;
}

/** The directory gave no answer that counts. */
export class DirectoryError extends Error {
  override readonly name = 'DirectoryError';
  /** How long it asks to wait, in milliseconds. */
  readonly retryAfterMs?: number;

  constructor(
    /** `busy`: try again later. `expired`: the link isn't honoured any more. `refused`: somebody has to mend it. */
    readonly reason: 'busy' | 'expired' | 'refused',
    message: string,
    options?: ErrorOptions & { readonly retryAfterMs?: number },
  ) {
    super(message, options);
    this.retryAfterMs = options?.retryAfterMs;
  }
}
