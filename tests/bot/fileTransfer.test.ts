import type { Activity } from 'botbuilder';
import type { FilesConfig } from '../../bot/fileSettings';
import { fetchFile, sentFileIn } from '../../bot/files/sentFile';
import { collect, FileTooLargeError, upload } from '../../bot/files/upload';
import { Uploads } from '../../bot/files/uploads';
import { createLog } from '../../bot/log';
import { answers, OneDrive } from '../parts/oneDrive';

const MB = 1024 * 1024;
const files: FilesConfig = { hosts: ['sharepoint.com'], isLoopbackAllowed: true };
const { signal } = new AbortController();

let drive: OneDrive;
let logged: string[];
const log = createLog('info', { write: (line) => void logged.push(line) });
beforeEach(async () => {
  logged = [];
  drive = await OneDrive.start();
});
afterEach(async () => {
  await drive.close();
  for (const capability of drive.capabilities) expect(logged.join()).not.toContain(capability);
});

const fetched = (url: string, config = files) => fetchFile({ name: 'a.csv', url }, { files: config, log });
const refusedWith = (code: string) => expect.objectContaining({ code });

describe('a file that was sent', () => {
  it('is fetched from where Teams says', async () => {
    expect(Buffer.from(await fetched(drive.shares(Buffer.from('a,b')))).toString()).toBe('a,b');
  });

  it('may have 2 MB', async () => {
    expect(await fetched(drive.shares(Buffer.alloc(2 * MB)))).toHaveLength(2 * MB);
    const tooLarge = { code: 'fileTooLarge', facts: { limit: 2 } };
    await expect(fetched(drive.shares(Buffer.alloc(2 * MB + 1)))).rejects.toMatchObject(tooLarge);
    await expect(fetched(drive.shares(Buffer.alloc(50 * MB)))).rejects.toMatchObject(tooLarge);
  });

  it.each([404, 302, 500])('is refused when it can’t be had: %s', async (status) => {
    const elsewhere = drive.shares(Buffer.from('secret'));
    drive.instead.push(answers(status, { location: elsewhere }));
    await expect(fetched(drive.shares(Buffer.from('a')))).rejects.toEqual(refusedWith('fileNotFetched'));
    expect(drive.asked).toEqual(['GET']);
    expect(logged.join()).toContain(`status ${status}`);
  });

  it('is refused when nobody answers', async () => {
    const url = drive.shares(Buffer.from('a'));
    await drive.close();
    await expect(fetched(url)).rejects.toEqual(refusedWith('fileNotFetched'));
    expect(logged.join()).toContain('ECONNREFUSED');
  });

  it('is asked for nowhere else, and in Teams not on this machine', async () => {
    const url = drive.shares(Buffer.from('a'));
    const inTeams = { ...files, isLoopbackAllowed: false };
    await expect(fetched(url, inTeams)).rejects.toEqual(refusedWith('fileNotFetched'));
    const others = ['https://evil.example/', 'http://a.sharepoint.com/', 'ftp://a.sharepoint.com/', 'https://a:b@a.sharepoint.com/', 'https://a.sharepoint.com:8443/', '']; // prettier-ignore
    for (const other of others) await expect(fetched(other)).rejects.toEqual(refusedWith('fileNotFetched'));
    expect(logged.filter((line) => line.includes('not in FILE_HOSTS'))).toHaveLength(others.length + 1);
    expect(drive.asked).toEqual([]);
  });

  const activity = (about: object): Activity =>
    ({ type: 'message', conversation: { id: 'a:1', conversationType: 'personal' }, ...about }) as Activity;
  const contentType = 'application/vnd.microsoft.teams.file.download.info';
  const attachment = { contentType, name: 'a.csv', content: { downloadUrl: 'https://a', fileType: 'csv' } };

  it('is the first of a message in a private chat', () => {
    const attachments = [{ contentType: 'text/html', content: '<p></p>' }, attachment];
    expect(sentFileIn(activity({ attachments }))).toEqual({ name: 'a.csv', url: 'https://a' });
    const conversation = { id: '19:1', conversationType: 'channel' };
    expect(sentFileIn(activity({ attachments, conversation }))).toBeUndefined();
    for (const odd of [undefined, null, 7, {}, [null], [{ ...attachment, content: null }]])
      expect(sentFileIn(activity({ attachments: odd }))).toBeUndefined();
  });
});

describe('a file for somebody', () => {
  async function* bytes(length: number) {
    for (let left = length; left > 0; left -= MB) yield Buffer.alloc(Math.min(left, MB), 'x');
  }
  const collected = (length: number) => collect(bytes(length), signal);

  it('goes out in pieces of 5 MiB, each once more when OneDrive can’t take it just then', async () => {
    const { uploadUrl, uniqueId } = drive.makesRoom('a.csv');
    const length = 12 * MB + 7;
    drive.instead.push(answers(503, { 'retry-after': '0' }));
    await upload(await collected(length), new URL(uploadUrl), signal);
    expect(drive.uploaded.get(uniqueId)?.equals(Buffer.alloc(length, 'x'))).toBe(true);
    const piece = 5 * MB;
    const ranges = [[0, piece - 1], [0, piece - 1], [piece, 2 * piece - 1], [2 * piece, length - 1]]; // prettier-ignore
    expect(drive.asked).toEqual(ranges.map(([from, to]) => `PUT bytes ${from}-${to}/${length}`));
  });

  it.each([
    ['refuses it', [answers(400)], 1],
    ['asks for too long a pause', [answers(503, { 'retry-after': '31' })], 1],
    ['refuses it twice', [answers(429, { 'retry-after': '0' }), answers(429, { 'retry-after': '0' })], 2],
    ['sends it elsewhere', [answers(307, { location: 'http://127.0.0.1:9/' })], 1],
  ])('is given up when OneDrive %s', async (_what, instead, tries) => {
    drive.instead.push(...instead);
    const to = new URL(drive.makesRoom('a.csv').uploadUrl);
    await expect(upload(await collected(3), to, signal)).rejects.toThrow(/^OneDrive answered \d+$/);
    expect(drive.asked).toHaveLength(tries);
  });

  it('may have 60 MB', async () => {
    const pieces = await collected(60 * MB);
    expect(pieces.map(({ length }) => length)).toEqual(Array<number>(12).fill(5 * MB));
    await expect(collected(60 * MB + 1)).rejects.toBeInstanceOf(FileTooLargeError);
  });

  it('is made for four people at a time, and no more', async () => {
    const uploads = new Uploads(log);
    const stopped = (signal: AbortSignal) =>
      new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    const begun = ['a', 'b', 'c', 'd', 'e'].map((person) =>
      uploads.begin(person, `yes of ${person}`, stopped),
    );
    expect(begun).toEqual([...Array<string>(4).fill('begun'), 'busy']);
    await uploads.close();
    expect(uploads.begin('e', 'yes of e', async () => {})).toBe('begun');
    await uploads.idle();
  });
});
