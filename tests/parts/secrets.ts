import type { CompanyFile } from '../../benefits/importCompany';
import { tableClient } from './tables';

/** What product keys are encrypted with in tests. */
export const ENCRYPTION_KEYS = `test:${Buffer.alloc(32, 't').toString('base64')}`;

export const SMTP_PASSWORD = 'the-password-of-the-mail-server';
export const WEBHOOK_SECRET = 'a-secret-that-only-the-tests-know-of';
export const APP_PASSWORD = 'the-client-secret-of-the-app';

/** Settings of a test's bot that hold secrets. */
export const SECRET_SETTINGS = {
  KEY_ENCRYPTION_KEYS: ENCRYPTION_KEYS,
  ACTIVATION_WEBHOOK_SECRET: WEBHOOK_SECRET,
  SMTP_URL: `smtp://bot:${SMTP_PASSWORD}@127.0.0.1:9`,
  MicrosoftAppPassword: APP_PASSWORD,
};

/** What nobody may find: the secrets of the settings, and the company's product keys. */
export const secretsOf = (file?: CompanyFile): string[] => [
  ENCRYPTION_KEYS.replace('test:', ''),
  SMTP_PASSWORD,
  WEBHOOK_SECRET,
  APP_PASSWORD,
  ...(file?.benefits ?? []).flatMap(({ keys = [] }) => keys.map(({ key }) => key)),
];

/** Each secret that stands in one of the texts, as it is or within JSON or base64, with what is around it. */
export function leaks(texts: readonly string[], secrets: readonly string[]): string[] {
  return secrets.flatMap((secret) => {
    const forms = [secret, JSON.stringify(secret).slice(1, -1), Buffer.from(secret).toString('base64')];
    const found = texts.find((text) => forms.some((form) => text.includes(form)));
    return found === undefined ? [] : [`${secret} in: ${found.slice(0, 2_000)}`];
  });
}

/** The rows of a table, as an operator may read them: what is kept in bytes is decoded. */
export async function rowsAsText(table: string, filter?: string, storage?: string): Promise<string[]> {
  const rows: string[] = [];
  for await (const row of tableClient(table, storage).listEntities({ queryOptions: { filter } })) {
    rows.push(
      Object.entries(row)
        .map(([name, value]) => `${name}: ${asText(value)}`)
        .join('\n'),
    );
  }
  return rows;
}

const asText = (value: unknown): string =>
  value instanceof Uint8Array ? Buffer.from(value).toString() : String(value);
