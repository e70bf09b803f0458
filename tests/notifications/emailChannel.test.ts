import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser, type ParsedMail } from 'mailparser';
import type { Mail, SendResult } from '../../notifications/channel';
import { emlFolder, smtpChannel } from '../../notifications/emailChannel';
import { recipientsOf, startMailServer, startRawServer } from './mailServer';

const FROM = 'Partner Benefits <benefits@contoso.com>';
const TO = 'zoe@fabrikam.com';
const PASSWORD = 'hunter2-hush';

const mail: Mail = {
  id: 'n-1',
  to: TO,
  toName: 'Zoé Martin',
  language: 'fr',
  subject: 'Vos avantages sont activés, où que vous soyez',
  title: 'Support à l’accès',
  paragraphs: ['Léa & <script>alert("1")</script> vous écrivent.', 'Première ligne\nDeuxième ligne'],
  link: { title: 'Ouvrir <le portail>', url: 'https://portal.example/?a=1&b="2"' },
};

const headersOf = ({ headerLines }: ParsedMail) => headerLines.map(({ key }) => key).sort();

let server: Awaited<ReturnType<typeof startMailServer>>;
const opened: { close(): unknown }[] = [];

beforeEach(async () => {
  server = await startMailServer();
});

afterEach(async () => {
  for (const { close } of opened.splice(0)) await close();
  await server.close();
});

function channelTo(port: number, more: { query?: string; deadlineMs?: number; signal?: AbortSignal } = {}) {
  const { query = '', ...options } = more;
  const channel = smtpChannel({
    url: `smtp://bot:${PASSWORD}@127.0.0.1:${port}/${query}`,
    from: FROM,
    ...options,
  });
  opened.push(channel);
  return channel;
}

async function arrives(sent: Mail): Promise<ParsedMail> {
  expect(await channelTo(server.port).send(sent)).toEqual({ outcome: 'sent' });
  const arrived = server.arrived.at(-1);
  if (!arrived) throw new Error('Nothing has arrived');
  return arrived;
}

async function ends(sending: Promise<SendResult>, expected: SendResult) {
  const result = await sending;
  expect(result).toEqual(expected);
  expect(JSON.stringify(result)).not.toMatch(new RegExp(`${PASSWORD}|bot|fabrikam|contoso`));
}

describe('a mail that a mail server takes', () => {
  it('says the same in text and in HTML, in its language', async () => {
    const { subject, text, html, from, headers } = await arrives(mail);
    expect(subject).toBe(mail.subject);
    expect(from?.value).toEqual([{ name: 'Partner Benefits', address: 'benefits@contoso.com' }]);
    expect(headers.get('content-type')).toMatchObject({ value: 'multipart/alternative' });
    expect(text).toBe(
      [mail.title, ...mail.paragraphs, 'Ouvrir <le portail>: https://portal.example/?a=1&b=%222%22', '']
        .join('\n\n')
        .slice(0, -1),
    );
    expect(html).toContain('<html lang="fr">');
    expect(html).toContain('Support à l’accès</h1>');
    expect(html).toContain('Première ligne<br>Deuxième ligne</p>');
  });

  it('shows text as text: nothing in it becomes HTML', async () => {
    const { html } = await arrives(mail);
    expect(html).toContain('Léa &amp; &lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; vous écrivent.');
    expect(html).toContain('<a href="https://portal.example/?a=1&amp;b=%222%22"');
    expect(html).toContain('>Ouvrir &lt;le portail&gt;</a>');
    expect(html).not.toContain('<script');
  });

  it('leaves out a link that is no web page', async () => {
    const { html, text } = await arrives({ ...mail, link: { title: 'Go', url: 'javascript:alert(1)' } });
    expect(html).not.toContain('<a ');
    expect(`${html}${text}`).not.toContain('javascript:');
  });

  it('is known as a repeat, and as nothing to answer', async () => {
    const [first, again] = [await arrives(mail), await arrives(mail)];
    expect(first.messageId).toBe('<n-1@contoso.com>');
    expect(again.messageId).toBe(first.messageId);
    expect(first.headers.get('auto-submitted')).toBe('auto-generated');
    expect(first.headers.get('x-auto-response-suppress')).toBe('All');
  });

  it.each([
    'Dupont, Jean "JD" \\ <jean@evil.com>',
    'Zoé 🧑🏽‍💻🎉 Łukasz',
    'x'.repeat(200),
    'é🎉 '.repeat(66).trim(),
    'Très Long Prénom '.repeat(11).trim(),
    '\u200fשלום\u202e עולם',
    'a@evil.com, b@evil.com; c',
    '',
  ])('is to who it is meant for, whatever their name: %s', async (toName) => {
    const arrived = await arrives({ ...mail, toName });
    expect(recipientsOf(arrived)).toEqual([{ name: toName, address: TO }]);
  });

  it('gets no other header from a name or a subject', async () => {
    const plain = await arrives(mail);
    const toName = 'Eve\r\nBcc: all@evil.com\nX-Evil: 1\r\n\r\n<p>\u0000\ud800';
    const arrived = await arrives({ ...mail, toName, subject: 'Hi\r\nCc: all@evil.com' });
    expect(headersOf(arrived)).toEqual(headersOf(plain));
    expect(recipientsOf(arrived)).toEqual([{ name: 'Eve Bcc: all@evil.com X-Evil: 1 <p>', address: TO }]);
    expect(arrived.subject).toBe('Hi Cc: all@evil.com');
    const encoded = '=?utf-8?Q?Eve=0D=0ABcc:_all@evil.com?=';
    const decoded = await arrives({ ...mail, toName: encoded, subject: encoded });
    expect(JSON.stringify([decoded.subject, recipientsOf(decoded)])).not.toMatch(/[\r\n]|\\[rn]/);
  });

  it('never goes to two addresses, even if they are written as one', async () => {
    const to = 'a@evil.com, b@evil.com\r\nCc: c@evil.com';
    expect(await channelTo(server.port).send({ ...mail, to })).toMatchObject({ outcome: 'failed' });
    expect(server.arrived).toEqual([]);
  });

  it('goes through the mail server, whatever else the URL says', async () => {
    const channel = channelTo(server.port, { query: '?pool=false&jsonTransport=true&maxRequeues=9' });
    expect(await channel.send(mail)).toEqual({ outcome: 'sent' });
    expect(server.arrived).toHaveLength(1);
  });
});

describe('a mail that a mail server does not take', () => {
  it('is tried again when the recipient is refused for now, or the server closes', async () => {
    server.script.rcpt = 450;
    await ends(channelTo(server.port).send(mail), { outcome: 'again', why: 'RCPT TO 450 5.7.1' });
    server.script.rcpt = 421;
    await ends(channelTo(server.port).send(mail), { outcome: 'again', why: 'CONN 421 5.7.1' });
  });

  it('has failed when the recipient is refused for good', async () => {
    server.script.rcpt = 550;
    await ends(channelTo(server.port).send(mail), { outcome: 'failed', why: 'RCPT TO 550 5.7.1' });
  });

  it('is tried again when the message is greylisted, and has failed when it is refused for good', async () => {
    const channel = channelTo(server.port);
    server.script.data = 451;
    await ends(channel.send(mail), { outcome: 'again', why: 'DATA 451 5.7.1' });
    server.script.data = 554;
    await ends(channel.send(mail), { outcome: 'failed', why: 'DATA 554 5.7.1' });
    server.script.data = undefined;
    await ends(channel.send(mail), { outcome: 'sent' });
    expect(server.arrived).toHaveLength(1);
  });

  it('is tried again when the server does not know us: that is not the fault of the mail', async () => {
    server.script.auth = 535;
    await ends(channelTo(server.port).send(mail), { outcome: 'again', why: 'AUTH PLAIN 535 5.7.1' });
    server.script.auth = undefined;
    server.script.rcpt = 530;
    await ends(channelTo(server.port).send(mail), { outcome: 'again', why: 'RCPT TO 530 5.7.1' });
  });

  it('has failed when it has no address', async () => {
    await ends(channelTo(server.port).send({ ...mail, to: '' }), { outcome: 'failed', why: 'EENVELOPE' });
  });

  it('is tried again when nobody listens', async () => {
    const { port, close } = await startRawServer(() => {});
    await close();
    await ends(channelTo(port).send(mail), { outcome: 'again', why: 'ECONNREFUSED' });
  });

  it('is tried again when the server hangs up, but not by the channel itself', async () => {
    let attempts = 0;
    const rude = await startRawServer((socket) => {
      attempts += 1;
      socket.end();
    });
    opened.push(rude);
    await ends(channelTo(rude.port).send(mail), { outcome: 'again', why: 'ECONNECTION' });
    expect(attempts).toBe(1);
  });

  it('is tried again when the server never greets', async () => {
    const silent = await startRawServer(() => {});
    opened.push(silent);
    await ends(channelTo(silent.port, { deadlineMs: 50 }).send(mail), { outcome: 'again', why: 'ETIMEDOUT' });
  });

  it('is tried again when the server keeps talking and never comes to an end', async () => {
    const chatty = await startRawServer((socket) => {
      socket.write('220 hello\r\n');
      const talk = setInterval(() => socket.write('250-and another thing\r\n'), 5);
      socket.on('close', () => clearInterval(talk));
    });
    opened.push(chatty);
    await ends(channelTo(chatty.port, { deadlineMs: 100 }).send(mail), {
      outcome: 'again',
      why: 'ETIMEDOUT',
    });
  });

  it('is tried again when the bot stops meanwhile, or has stopped', async () => {
    const reached = new Promise<void>((resolve) => (server.script.stuck = resolve));
    const stop = new AbortController();
    const channel = channelTo(server.port, { signal: stop.signal });
    const sending = channel.send(mail);
    await reached;
    stop.abort();
    await ends(sending, { outcome: 'again', why: 'EABORT' });
    await ends(channel.send(mail), { outcome: 'again', why: 'EABORT' });
    const closed = channelTo(server.port);
    closed.close();
    await ends(closed.send(mail), { outcome: 'again', why: 'ECONNECTION' });
  });
});

it('a mail server or sender that cannot be used is refused without quoting it', () => {
  const open = (url: string, from = FROM) => smtpChannel({ url, from });
  expect(() => open(`smtp://bot:${PASSWORD}@%20`)).toThrow(/^The URL of the mail server is not valid$/);
  expect(() => open('smtp://127.0.0.1', 'a@evil.com, b@evil.com')).toThrow(
    /^The sender of mails is not an address$/,
  );
});

describe('a folder of mails', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mails-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('is made, and holds one file a mail, however often it is sent', async () => {
    const mails = join(folder, 'data', 'mail');
    const channel = emlFolder({ folder: mails, from: FROM });
    expect(await channel.send({ ...mail, subject: 'First' })).toEqual({ outcome: 'sent' });
    await Promise.all([channel.send(mail), channel.send(mail)]);
    expect(await readdir(mails)).toEqual(['n-1-zoe@fabrikam.com.eml']);
    const written = await simpleParser(await readFile(join(mails, 'n-1-zoe@fabrikam.com.eml')));
    expect(written.subject).toBe(mail.subject);
    expect(written.messageId).toBe('<n-1@contoso.com>');
    expect(recipientsOf(written)).toEqual([{ name: 'Zoé Martin', address: TO }]);
    expect(written.html).toContain('Support à l’accès</h1>');
  });

  it('is never left, whatever the recipient or the id is', async () => {
    const mails = join(folder, 'a', 'b');
    const channel = emlFolder({ folder: mails, from: FROM });
    for (const to of ['../../x@evil', '/etc/x@evil', 'x\0@evil', `${'x'.repeat(300)}@evil`]) {
      expect(await channel.send({ ...mail, id: '../../n', to })).toEqual({ outcome: 'sent' });
    }
    expect(await readdir(mails)).toHaveLength(4);
    expect([await readdir(folder), await readdir(join(folder, 'a'))]).toEqual([['a'], ['b']]);
  });

  it('that cannot be written to is tried again, without saying where it is', async () => {
    const channel = emlFolder({ folder: '/dev/null/mail', from: FROM });
    await ends(channel.send(mail), { outcome: 'again', why: 'ENOTDIR' });
  });
});
