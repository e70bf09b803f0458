import fc from 'fast-check';
import { isEmail } from '../../benefits/words';
import { nearestCommand, readCommand } from '../../bot/commands';
import { ConfigError, readConfig, readOperatorConfig } from '../../bot/config';
import { typedText } from '../../bot/speaker';
import { bind } from '../../cards/bind';
import en from '../../locales/en.json';
import fr from '../../locales/fr.json';
import { isKey, parseKeyList } from '../../scripts/keyList';
import { OperatorError } from '../../scripts/operator';
import { Tables } from '../../storage/tables';
import { createTransport } from 'nodemailer';
import { fields, holds, text } from '../parts/arbitrary';
import { ledgerDomain } from '../../bot/ports';
import { turnScope } from '../../bot/turnScope';

interface Token {
  readonly type: string;
  readonly content: string;
  readonly children: readonly Token[] | null;
}

/** It comes without types. */
const markdownIt =
  jest.requireActual<(options: object) => { parse(text: string, environment: object): Token[] }>(
    'markdown-it',
  );

const shortText = text.map((any) => any.slice(0, 280));

describe('a typed text', () => {
  const words = Object.values(en.commands).flat().concat(Object.values(fr.commands).flat());
  const names = Object.keys(en.commands);
  const between = fc.constantFrom(' ', ' to ', ' from ', ' à ', ' de ', ' for ', '  ', '\t', '\u00a0');

  it('is a command that there is, with parts of what was typed, or none', async () => {
    const line = fc.array(fc.oneof(fc.constantFrom(...words), between, shortText), { maxLength: 6 });
    await holds(
      fc.property(line, (parts) => {
        const typed = parts.join('');
        const command = readCommand(typed);
        if (command) expect(names).toContain(command.name);
        for (const part of Object.values(command?.said ?? {}))
          if (part !== undefined) expect(typed).toContain(part);
        const near = nearestCommand(typed);
        if (near !== undefined) expect(names).toContain(near);
      }),
      2_000,
    );
  });

  it('is the command that it begins with, whatever its end marks', async () => {
    const ends = fc.stringMatching(/^[ .!…]{0,5}$/);
    await holds(
      fc.property(fc.constantFrom(...words), ends, (word, end) => {
        expect(readCommand(`${word.toUpperCase()}${end}`)?.name).toBe(readCommand(word)?.name);
      }),
      200,
    );
  });

  it('says in one line the benefit and the user as they were typed', async () => {
    const part = shortText
      .map((any) =>
        any
          .replace(/[\r\n\u2028\u2029]/g, '')
          .slice(0, 100)
          .trim(),
      )
      .filter((any) => any !== '' && !/(^|\s)to(\s|$)/i.test(any));
    await holds(
      fc.property(part, part, (benefit, user) => {
        expect(readCommand(`assign ${benefit} to ${user}`)?.said).toEqual({ benefit, user });
      }),
      500,
    );
  });

  it('without its mentions takes no longer for one that has no end', () => {
    for (const part of ['<at', '<at>', '<at>x', '<at></at', '&nbsp;', ' '])
      typedText({ text: part.repeat(60_000), recipient: {} } as Parameters<typeof typedText>[0]);
  });
});

describe('a text on a card', () => {
  const card = bind<{ text: string }>({
    type: 'AdaptiveCard',
    body: [
      { type: 'TextBlock', text: '${text}' },
      { type: 'Input.Text', label: '${text}' },
    ],
  });
  const markdown = markdownIt({ html: true, breaks: true });
  const invisible = /[\p{Cs}\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/u;
  /** Without spaces, of which Markdown makes fewer. */
  const letters = (any: string) => any.replace(/\s+/g, '');

  it('is read as it was written: no Markdown, no template, no mark that turns it round', async () => {
    await holds(
      fc.property(text, (any) => {
        const [block, input] = card({ text: any }).body as [{ text?: string }, { label?: string }];
        const plain = input.label ?? '';
        expect(plain.replace(/\n/g, '')).not.toMatch(invisible);
        const kept = (from: string) => from.replace(new RegExp(invisible, 'gu'), '').replace(/\n/g, '');
        expect(kept(any)).toBe(plain.replace(/\n/g, ''));
        const [inline, ...more] = markdown
          .parse(block.text ?? '', {})
          .filter(({ type }) => type === 'inline');
        const shown = [inline, ...more].flatMap((one) => one?.children ?? []);
        for (const { type } of shown)
          expect(['text', 'softbreak', 'hardbreak', 'text_special']).toContain(type);
        expect(letters(shown.map(({ content }) => content).join(''))).toBe(letters(plain));
      }),
      800,
    );
  });
});

describe('an address', () => {
  it('that is taken shows all that is in it', async () => {
    const odd = fc
      .tuple(text, fc.constantFrom('@', '@x.', ''), text)
      .map((parts) => parts.join('').slice(0, 300));
    await holds(
      fc.property(fc.oneof(text, odd, fc.emailAddress()), (any) => {
        if (isEmail(any)) expect(any).not.toMatch(/[\p{C}\s<>,;]/u);
      }),
      1_000,
    );
  });

  it.each(['a\u202Eb@x.com', 'a\u200Bb@x.com', 'a\0b@x.com', '\uD800@x.com', 'a\u0085@x.com'])(
    '%j is none',
    (any) => expect(isEmail(any)).toBe(false),
  );
});

describe('a key list', () => {
  it('is read key by key, or refused by its line and never quoted', async () => {
    const lines = fc.array(fc.oneof(text, fc.stringMatching(/^[A-Z0-9-]{5,30}(,\d{1,8})?$/)), {
      maxLength: 6,
    });
    await holds(
      fc.property(lines, fc.boolean(), (all, hasActivations) => {
        const list = all.join('\n');
        try {
          for (const { key, activations } of parseKeyList(list, { hasActivations })) {
            expect(isKey(key) && list.includes(key)).toBe(true);
            expect(activations !== undefined).toBe(hasActivations);
          }
        } catch (error) {
          if (!(error instanceof OperatorError)) throw error;
          expect(error.message).toMatch(/^line \d+ is not a product key( with its activations: KEY,50)?$/);
        }
      }),
      500,
    );
  });
});

describe('the settings', () => {
  const SETTINGS = [
    ...['PORT', 'MicrosoftAppType', 'MicrosoftAppId', 'MicrosoftAppPassword', 'MicrosoftAppTenantId'],
    ...['ALLOWED_TENANTS', 'ALLOWED_SERVICE_URLS', 'CHANNEL_OPENID_METADATA', 'CHANNEL_ISSUER'],
    ...['STORAGE_CONNECTION_STRING', 'STORAGE_ACCOUNT_URL', 'SMTP_URL', 'MAIL_FROM', 'KEY_ENCRYPTION_KEYS'],
    ...['ACTIVATION_WEBHOOK_SECRET', 'ACCOUNT_ADMINS', 'PARTNER_MEMBERSHIP_CENTER_URL', 'LOG_LEVEL'],
  ];
  const SECRETS = ['MicrosoftAppPassword', 'STORAGE_CONNECTION_STRING', 'SMTP_URL', 'KEY_ENCRYPTION_KEYS'];
  const guid = '22222222-2222-4222-8222-222222222222';
  const teams: Record<string, string> = {
    ...{ MicrosoftAppId: guid, MicrosoftAppPassword: 'x', MicrosoftAppTenantId: guid, ALLOWED_TENANTS: guid },
    ...{
      STORAGE_ACCOUNT_URL: 'https://a.table.core.windows.net',
      SMTP_URL: 'smtps://m.x.com',
      MAIL_FROM: 'a@x.com',
    },
    KEY_ENCRYPTION_KEYS: `2027:${Buffer.alloc(32, 's').toString('base64')}`,
  };
  const odd = fc.oneof(
    text,
    fc
      .tuple(
        fc.constantFrom(
          'smtp://',
          'smtps://u:',
          'https://',
          'AccountName=',
          `${guid}/`,
          'a <',
          `${guid},`,
          'k:',
          'http://',
        ),
        text,
        fc.constantFrom('', '@m.x.com', '.x.com', ';AccountKey=eA==', '>', `,${guid}`),
      )
      .map((parts) => parts.join('')),
  );

  const MARK = 'hush-hush-secret';

  /** What the bot makes of them at start. */
  function use(env: NodeJS.ProcessEnv): void {
    const { storage, mail } = readConfig(env);
    if ('connectionString' in storage) new Tables(storage, turnScope, ledgerDomain);
    if ('smtpUrl' in mail) createTransport(mail.smtpUrl);
    readOperatorConfig(env);
  }

  it('are usable, or the error names those that are not, a line each, and quotes no secret', async () => {
    const some = fc.oneof(
      fc.tuple(fc.constantFrom(...SETTINGS), odd).map((one) => Object.fromEntries([one])),
      fields(SETTINGS, odd),
    );
    await holds(
      fc.property(
        some,
        fc.constantFrom('local', 'teams'),
        fc.constantFrom(...SECRETS),
        (set, mode, secret) => {
          const env: NodeJS.ProcessEnv = { ...teams, ...set, BOT_MODE: mode };
          if (env.STORAGE_CONNECTION_STRING) delete env.STORAGE_ACCOUNT_URL;
          for (const each of [env, { ...env, [secret]: `${env[secret] ?? ''}${MARK}` }])
            try {
              use(each);
            } catch (error) {
              if (!(error instanceof ConfigError)) throw error;
              expect(error.message).not.toContain(MARK);
              for (const line of error.message.split(/\r\n|[\n\r\u0085\u2028]/))
                expect(line).toMatch(/^[A-Za-z_]+: .* put .* there$/);
            }
        },
      ),
      600,
    );
  });
});
