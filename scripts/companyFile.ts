import { z } from 'zod';
import type { CompanyFile } from '../benefits/importCompany';
import { CATEGORIES, ROLES } from '../benefits/model';
import { isEmail, sameEmail } from '../benefits/words';

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
  .transform(({ note: _note, ...rest }) => rest);

const user = z
  .strictObject({
    id: slug,
    email,
    displayName: z.string().trim().min(1).max(100),
    language: language.optional(),
    roles: z.array(z.enum(ROLES)).optional(),
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
    const seen = { ids: new Set<string>(), emails: [] as string[] };
    users.forEach((one, index) => {
      if (seen.ids.has(one.id)) twice('users', index, 'id');
      if (seen.emails.some((other) => sameEmail(other, one.email))) twice('users', index, 'email');
      seen.ids.add(one.id);
      seen.emails.push(one.email);
    });
  });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const position = /position (\d+)/.exec(error.message)?.[1];
    const line = position === undefined ? '?' : text.slice(0, Number(position)).split('\n').length;
    throw new CompanyFileError([`line ${line}: ${error.message}`]);
  }
}

const pathOf = (path: readonly PropertyKey[]): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '') || 'file';

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
