import { z } from 'zod';
import type { CompanyFile } from '../benefits/importCompany';
import type { NewKey } from '../benefits/importKeys';
import { CATEGORIES, ROLES } from '../benefits/model';
import { KEY_KINDS } from '../benefits/productKey';
import { isEmail, normalEmail } from '../benefits/words';
import { activations, productKey } from './keyList';

/** The file can't be imported; each problem names its line or its path. */
export class CompanyFileError extends Error {
  override readonly name = 'CompanyFileError';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

/**
 * Reads a company file (samples/README.md documents it), whole, against its schema.
 * @throws CompanyFileError naming every problem
 */
export function parseCompanyFile(text: string): CompanyFile {
  const result = file.safeParse(parseJson(text));
  if (result.success) return result.data;
  throw new CompanyFileError(result.error.issues.map(({ path, message }) => `${pathOf(path)}: ${message}`));
}

const slug = z.string().regex(/^[a-z0-9-]{1,64}$/, 'must be a slug of a-z, 0-9 and -');
const email = z.string().refine(isEmail, 'must be an e-mail address');
const day = z.iso.date();
const language = z.enum(['en', 'fr']);
const sentence = z.string().trim().min(1).max(4_000);
const localText = z.strictObject({ en: sentence, fr: sentence.optional() });
const name = z.union([
  z
    .string()
    .trim()
    .min(1)
    .max(100)
    .transform((en) => ({ en })),
  localText,
]);
const timeZone = z.string().refine(isTimeZone, 'must be an IANA time zone, like Europe/Paris');
const note = z.string().optional();

const languageTag = z.string().refine(isLanguage, 'must be a BCP 47 language tag, like fr or pt-BR');
const system = z.string().trim().min(1).max(100);
const download = z.strictObject({
  title: name,
  url: z.url({ protocol: /^https$/ }),
  languages: z.array(languageTag).min(1).optional(),
  systems: z.array(system).min(1).optional(),
});
const multipleActivationKey = z.strictObject({ key: productKey, activations });

const company = z.strictObject({
  name: z.string().trim().min(1).max(100),
  accountEmail: email,
  timeZone,
  language,
});

const benefit = z
  .strictObject({
    id: slug,
    name,
    package: z.string().trim().min(1).max(100),
    category: z.enum(CATEGORIES),
    assignable: z.enum(['anyone', 'self', 'none']),
    seats: z.int().min(0),
    quantity: z.int().min(0).optional(),
    unit: z.enum(['incidents', 'hours', 'USD']).optional(),
    kind: z.enum(['support', 'advisoryHours', 'presales']).optional(),
    activationDays: z.int().min(0).max(365).optional(),
    endsOn: day.optional(),
    portalUrl: z.url({ protocol: /^https$/ }).optional(),
    instructions: localText.optional(),
    next: localText.optional(),
    reassignAfterDays: z.int().min(0).max(3_650).optional(),
    used: z.number().min(0).optional(),
    keyKind: z.enum(KEY_KINDS).optional(),
    keysForHolders: z.boolean().optional(),
    claimsADay: z.int().min(1).max(1_000).optional(),
    languages: z.array(languageTag).min(1).max(40).optional(),
    systems: z.array(system).min(1).max(40).optional(),
    downloads: z.array(download).max(40).optional(),
    keys: z.array(z.union([productKey.transform((key) => ({ key })), multipleActivationKey])).optional(),
    note,
  })
  .refine(({ kind, category }) => kind === undefined || category === 'technical', {
    path: ['kind'],
    message: 'only technical benefits have one',
  })
  .refine(({ unit, quantity }) => (unit === undefined) === (quantity === undefined), {
    path: ['unit'],
    message: 'goes with quantity',
  })
  .refine(({ used, quantity, unit }) => used === undefined || (unit !== 'hours' && used <= (quantity ?? 0)), {
    path: ['used'],
    message: 'is at most the quantity; hours are counted by the requests',
  })
  .superRefine(keysFit)
  .transform(({ note: _note, ...rest }) => rest);

const user = z
  .strictObject({
    id: slug,
    email,
    displayName: z.string().trim().min(1).max(100),
    language: language.optional(),
    roles: z.array(z.enum(ROLES)).refine(areDifferent, 'has a role twice').optional(),
    active: z.boolean().optional(),
    objectId: z.guid().toLowerCase().optional(),
    note,
  })
  .transform(({ note: _note, ...rest }) => rest);

const file = z
  .strictObject({ format: z.literal(1), note, company, benefits: z.array(benefit), users: z.array(user) })
  .superRefine(({ benefits, users }, context) => {
    const twice = (list: string, index: number, field: string) =>
      context.addIssue({ code: 'custom', path: [list, index, field], message: 'stands in the file twice' });
    benefits.forEach(({ id }, index) => {
      if (benefits.findIndex((other) => other.id === id) < index) twice('benefits', index, 'id');
    });
    for (const field of ['id', 'email', 'objectId'] as const) {
      const seen = new Set<string>();
      users.forEach(({ [field]: given }, index) => {
        if (given === undefined) return;
        const compared = field === 'email' ? normalEmail(given) : given;
        if (seen.has(compared)) twice('users', index, field);
        seen.add(compared);
      });
    }
  });

interface KeyFields {
  readonly keyKind?: string;
  readonly keys?: readonly NewKey[];
  readonly languages?: readonly string[];
  readonly systems?: readonly string[];
  readonly downloads?: readonly {
    readonly languages?: readonly string[];
    readonly systems?: readonly string[];
  }[];
}

/** Only multiple activation keys have activations; a download is for languages and systems of its benefit. */
function keysFit({ keyKind, keys = [], downloads = [], ...has }: KeyFields, context: z.RefinementCtx): void {
  const wrong = (path: PropertyKey[], message: string) => context.addIssue({ code: 'custom', path, message });
  if (keys.length > 0 && !keyKind) wrong(['keyKind'], 'goes with keys');
  keys.forEach(({ activations: count }, index) => {
    if (keyKind && (count !== undefined) !== (keyKind === 'multipleActivation'))
      wrong(['keys', index], 'has activations when keyKind is multipleActivation, and only then');
  });
  downloads.forEach((download, index) => {
    for (const list of ['languages', 'systems'] as const) {
      if (download[list]?.some((each) => !has[list]?.includes(each)))
        wrong(['downloads', index, list], `must be among the ${list} of the benefit`);
    }
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const position = /position (\d+)/.exec(error.message)?.[1];
    const line = position === undefined ? '?' : text.slice(0, Number(position)).split('\n').length;
    throw new CompanyFileError([`line ${line}: ${withoutQuote(error.message)}`]);
  }
}

/** Node quotes the text around the place, which may be a product key. */
const withoutQuote = (message: string): string => message.replace(/, (?:\.\.\.)?".*$/s, '');

const pathOf = (path: readonly PropertyKey[]): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '') || 'file';

function areDifferent(all: readonly string[]): boolean {
  return new Set(all).size === all.length;
}

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
