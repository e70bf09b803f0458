import { isSafeToCall, plainUrl } from './serviceUrl';

/** How a setting's text becomes its value: `parse` gives undefined for what is wrong, `expects` says what is right. */
export interface Rule<T> {
  readonly expects: string;
  parse(text: string): T | undefined;
}

/**
 * Reads named settings and notes everything that is wrong with them, so that all of it can be told at once.
 * What it returns for a wrong setting is a stand-in: whoever reads must throw when there are `problems`.
 * Values are never quoted in a problem, except entries of a list: they may be secrets.
 */
export class Settings {
  /** One line each: "NAME: what is wrong, what to put there". */
  readonly problems: string[] = [];

  constructor(private readonly source: NodeJS.ProcessEnv) {}

  /** Is it set to anything but blanks? */
  has(name: string): boolean {
    return this.text(name) !== '';
  }

  /** The value of a setting that must be there. */
  required<T>(name: string, rule: Rule<T>, standIn: T): T {
    if (this.has(name)) return this.optional(name, rule, standIn);
    this.refuse(name, 'is missing', rule.expects);
    return standIn;
  }

  /** The value of a setting, or its default. */
  optional<T>(name: string, rule: Rule<T>, byDefault: T): T {
    if (!this.has(name)) return byDefault;
    const value = rule.parse(this.text(name));
    if (value !== undefined) return value;
    this.refuse(name, 'is not valid', rule.expects);
    return byDefault;
  }

  /** The values of a comma-separated setting that must have at least one. */
  requiredList<T>(name: string, rule: Rule<T>): T[] {
    if (this.entries(name).length === 0) this.refuse(name, 'is missing', rule.expects);
    return this.list(name, rule);
  }

  /** The values of a comma-separated setting; empty entries don't count. */
  list<T>(name: string, rule: Rule<T>): T[] {
    return this.entries(name).flatMap((entry) => {
      const value = rule.parse(entry);
      if (value !== undefined) return [value];
      this.refuse(name, `"${onOneLine(entry)}" is not valid`, rule.expects);
      return [];
    });
  }

  /** Notes that a setting can't be used. */
  refuse(name: string, wrong: string, expects: string): void {
    this.problems.push(`${name}: ${wrong}, put ${expects} there`);
  }

  private entries(name: string): string[] {
    return this.text(name)
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== '');
  }

  private text(name: string): string {
    return this.source[name]?.trim() ?? '';
  }
}

/** What was written, so that it can be found, and nothing that a terminal would obey. */
const onOneLine = (entry: string): string => entry.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\uFFFD');

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A GUID, in lower case. */
export function guid(expects: string): Rule<string> {
  return { expects, parse: (text) => (GUID.test(text.toLowerCase()) ? text.toLowerCase() : undefined) };
}

/** Any text. */
export function anyText(expects: string): Rule<string> {
  return { expects, parse: (text) => text };
}

/** A name in the DNS, in lower case: no address, and no name without a dot, which would be one of this network. */
export function hostName(expects: string): Rule<string> {
  const name = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;
  return { expects, parse: (text) => (name.test(text.toLowerCase()) ? text.toLowerCase() : undefined) };
}

/** What two programs know and nobody else. */
export const secret: Rule<string> = {
  expects: 'a secret of at least 32 characters',
  parse: (text) => (text.length >= 32 ? text : undefined),
};

/** One of these words, in whatever case it was written. */
export function oneOf<W extends string>(words: readonly W[]): Rule<W> {
  return {
    expects: `one of ${words.join(', ')}`,
    parse: (text) => words.find((word) => word.toLowerCase() === text.toLowerCase()),
  };
}

/** A TCP port; 0 is any free one. */
export const port: Rule<number> = {
  expects: 'a whole number from 0 to 65535',
  parse: (text) => (/^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined),
};

/** An https URL (http is taken for this machine only), as it was written. */
export function safeUrl(expects: string): Rule<string> {
  return { expects, parse: (text) => (URL.canParse(text) && isSafeToCall(new URL(text)) ? text : undefined) };
}

/** An https URL of a service, without query or fragment. */
export const serviceUrl: Rule<string> = {
  expects: 'https URLs without query, separated by commas,',
  parse(text) {
    const url = plainUrl(text);
    return url?.protocol === 'https:' ? url.href : undefined;
  },
};
