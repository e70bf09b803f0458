import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { inflateSync } from 'node:zlib';
import { AppManifestUtils, type TeamsManifestV1D30 } from '@microsoft/app-manifest';
import { unzipSync } from 'fflate';
import english from '../locales/en.json';
import frenchWords from '../locales/fr.json';
import { version } from '../package.json';

// ESM only, which Jest can't require; nothing that is used here comes near it.
jest.mock('strip-bom', () => (text: string) => text);

const run = promisify(execFile);
const root = resolve(__dirname, '..');
const shipped = join(dirname(require.resolve('@microsoft/app-manifest')), 'json-schemas');
const APP_ID = '8f2a5c1e-3b47-4d0a-9c55-6e1f0d7b2a94';
const TEAMS_APP_ID = '2d61c2b8-94f7-4c3e-8a0d-5b7e9f3a6c10';

const inManifestFolder = (name: string) => readFile(join(root, 'manifest', name));
const manifest = async () =>
  JSON.parse((await inManifestFolder('manifest.json')).toString()) as TeamsManifestV1D30.TeamsManifestV1D30;
const french = async () =>
  JSON.parse((await inManifestFolder('fr.json')).toString()) as Record<string, string>;

/**
 * A schema as the package ships it, so that no test goes to the network. One pattern of its localization
 * schemas has a bracket that isn't escaped, which the validator's regular expressions don't take.
 */
async function shippedSchema(url: string | undefined) {
  const [, path] = /^https:\/\/developer\.microsoft\.com\/json-schemas\/(.+)$/.exec(url ?? '') ?? [];
  const text = await readFile(join(shipped, path ?? 'no such schema'), 'utf8');
  return JSON.parse(text.replaceAll('\\\\b]', '\\\\b\\\\]')) as Parameters<
    typeof AppManifestUtils.validateAgainstSchema
  >[1];
}

/** An 8-bit PNG with the five filters of the format undone: what the header says, and its pixels. */
function decodePng(png: Buffer) {
  const chunks: Buffer[] = [];
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') {
      chunks.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
    }
  }
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  const channels = png[25] === 6 ? 4 : 3;
  const rows = unfilter(inflateSync(Buffer.concat(chunks)), width * channels, channels);
  return { width, height, channels, pixels: Buffer.concat(rows.slice(0, height)) };
}

function unfilter(data: Buffer, stride: number, step: number): Buffer[] {
  const rows: Buffer[] = [];
  let above = Buffer.alloc(stride);
  for (let start = 0; start < data.length; start += stride + 1) {
    const row = Buffer.from(data.subarray(start + 1, start + 1 + stride));
    for (let i = 0; i < stride; i++) {
      const left = row[i - step] ?? 0;
      const up = above[i] ?? 0;
      const upLeft = above[i - step] ?? 0;
      row[i] = (row[i] ?? 0) + predict(data[start] ?? 0, left, up, upLeft);
    }
    rows.push(row);
    above = row;
  }
  return rows;
}

function predict(filter: number, left: number, up: number, upLeft: number): number {
  if (filter === 4) {
    const toLeft = Math.abs(up - upLeft);
    const toUp = Math.abs(left - upLeft);
    const toUpLeft = Math.abs(left + up - 2 * upLeft);
    if (toLeft <= toUp && toLeft <= toUpLeft) return left;
    return toUp <= toUpLeft ? up : upLeft;
  }
  return [0, left, up, (left + up) >> 1][filter] ?? 0;
}

describe('the manifest', () => {
  it('is valid as it stands, against the newest schema that is shipped', async () => {
    const { $schema, ...rest } = await manifest();
    const failures = await AppManifestUtils.validateAgainstSchema(
      { $schema, ...rest },
      await shippedSchema($schema),
    );
    expect(failures).toEqual([]);

    const released = (await readdir(join(shipped, 'teams'))).filter((folder) => /^v1\.\d+$/.test(folder));
    const newest = Math.max(...released.map((folder) => Number(folder.slice('v1.'.length))));
    expect(rest.manifestVersion).toBe(`1.${newest}`);
  });

  it('has a valid French translation, of the same schema version', async () => {
    const [{ $schema }, texts] = await Promise.all([manifest(), french()]);
    expect(dirname(texts.$schema ?? '')).toBe(dirname($schema ?? ''));
    const schema = await shippedSchema(texts.$schema);
    const failures = await AppManifestUtils.validateAgainstSchema(texts as never, schema);
    expect(failures).toEqual([]);
  });

  it('works in a chat of two, in a group chat and in a team, and takes no files', async () => {
    const [bot] = (await manifest()).bots ?? [];
    expect(bot?.scopes).toEqual(['personal', 'team', 'groupChat']);
    expect(bot?.supportsFiles).toBe(true);
  });

  it('offers commands that the bot knows, in English and in French', async () => {
    const commandLists = (await manifest()).bots?.[0]?.commandLists ?? [];
    const titles = commandLists.flatMap((list) => list.commands.map((command) => command.title));
    expect(titles).toEqual(expect.arrayContaining(['help', 'assign', 'my benefits', 'overview', 'get keys']));
    expect(titles.length).toBeLessThanOrEqual(10); // more than Teams shows
    expect(Object.values(english.commands).flat()).toEqual(expect.arrayContaining(titles));

    const texts = Object.entries(await french());
    const frenchTitles = texts.filter(([key]) => key.endsWith('].title')).map(([, title]) => title);
    expect(Object.values(frenchWords.commands).flat()).toEqual(expect.arrayContaining(frenchTitles));
  });

  it('has French words for every command, and none left over', async () => {
    const commandLists = (await manifest()).bots?.[0]?.commandLists ?? [];
    const wanted = commandLists.flatMap((list, l) =>
      list.commands.flatMap((_, c) =>
        ['title', 'description'].map((part) => `bots[0].commandLists[${l}].commands[${c}].${part}`),
      ),
    );
    const translated = Object.keys(await french()).filter((key) => key.startsWith('bots'));
    expect(translated.sort()).toEqual(wanted.sort());
  });
});

describe('the icons', () => {
  it('have the sizes that Teams asks for', async () => {
    const { icons } = await manifest();
    const [color, outline] = await Promise.all([
      inManifestFolder(icons.color),
      inManifestFolder(icons.outline),
    ]);
    expect(decodePng(color)).toMatchObject({ width: 192, height: 192 });
    expect(decodePng(outline)).toMatchObject({ width: 32, height: 32, channels: 4 });
  });

  it('draw the outline in white on nothing', async () => {
    const { pixels } = decodePng(await inManifestFolder('outline.png'));
    const all = Array.from({ length: pixels.length / 4 }, (_, i) => [...pixels.subarray(i * 4, i * 4 + 4)]);
    const drawn = all.filter(([, , , alpha]) => alpha !== 0);
    const notWhite = drawn.filter(([red, green, blue]) => red !== 255 || green !== 255 || blue !== 255);
    expect(all).toHaveLength(32 * 32);
    expect(notWhite).toEqual([]);
    expect(drawn.length).toBeGreaterThan(100);
    expect(drawn.length).toBeLessThan(all.length / 2);
  });
});

describe('npm run package', () => {
  let folder: string;
  beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'partner-benefits-'))));
  afterAll(() => rm(folder, { recursive: true }));

  const makePackage = async (name: string, settings: Record<string, string>) => {
    const target = join(folder, name);
    const env = { PATH: process.env.PATH, ...settings };
    const told = await run(process.execPath, ['scripts/package.mjs', target], { cwd: root, env });
    return { ...told, zip: await readFile(target) };
  };
  const manifestIn = (zip: Buffer) =>
    JSON.parse(
      Buffer.from(unzipSync(zip)['manifest.json'] ?? []).toString(),
    ) as TeamsManifestV1D30.TeamsManifestV1D30;
  const whatItComplainsOf = async (settings: Record<string, string>) => {
    const refusal = await makePackage('none.zip', settings).catch(
      (error: { stderr: string }) => error.stderr,
    );
    return String(refusal);
  };

  it('puts the ids and the domain into the package', async () => {
    const settings = { MicrosoftAppId: APP_ID, BOT_DOMAIN: 'bot.contoso.com' };
    const { stdout, zip } = await makePackage('filled.zip', settings);
    const files = unzipSync(zip);
    expect(Object.keys(files)).toEqual(['color.png', 'fr.json', 'manifest.json', 'outline.png']);
    expect(manifestIn(zip)).toMatchObject({
      id: APP_ID,
      bots: [{ botId: APP_ID }],
      validDomains: ['bot.contoso.com'],
    });
    expect(stdout).toContain('filled.zip');
    expect(stdout).toContain(`${zip.length.toLocaleString('en-US')} bytes`);
  });

  it('gives the app an id of its own where Teams already has one for it', async () => {
    const { zip } = await makePackage('own-id.zip', { MicrosoftAppId: APP_ID, TEAMS_APP_ID });
    expect(manifestIn(zip)).toMatchObject({ id: TEAMS_APP_ID, bots: [{ botId: APP_ID }] });
  });

  it('names the app registration, but where there is none', async () => {
    const registered = await makePackage('registered.zip', { MicrosoftAppId: APP_ID, TEAMS_APP_ID });
    expect(manifestIn(registered.zip).webApplicationInfo).toEqual({ id: APP_ID });
    const managed = await makePackage('managed.zip', {
      MicrosoftAppId: APP_ID,
      MicrosoftAppType: 'UserAssignedMSI',
    });
    expect(manifestIn(managed.zip)).not.toHaveProperty('webApplicationInfo');
  });

  it('has the version of this program, or the one that is given', async () => {
    const { zip } = await makePackage('version.zip', { MicrosoftAppId: APP_ID });
    expect(manifestIn(zip).version).toBe(version);
    const next = await makePackage('next.zip', { MicrosoftAppId: APP_ID, TEAMS_APP_VERSION: '12.3.45' });
    expect(manifestIn(next.zip).version).toBe('12.3.45');
  });

  it('says that the developer is still a placeholder', async () => {
    const { stderr } = await makePackage('placeholder.zip', { MicrosoftAppId: APP_ID });
    expect(stderr).toContain('The developer in manifest/manifest.json is a placeholder');
  });

  it('makes the same bytes twice, in any time zone', async () => {
    const west = await makePackage('west.zip', { MicrosoftAppId: APP_ID, TZ: 'Pacific/Pago_Pago' });
    const east = await makePackage('east.zip', { MicrosoftAppId: APP_ID, TZ: 'Pacific/Kiritimati' });
    expect(west.zip.equals(east.zip)).toBe(true);
  });

  it('names the setting that is missing', async () => {
    expect(await whatItComplainsOf({})).toContain('MicrosoftAppId is missing');
  });

  it('names every setting that is wrong, at once', async () => {
    const complaint = await whatItComplainsOf({
      MicrosoftAppId: 'my-bot',
      BOT_DOMAIN: 'https://contoso.com',
      TEAMS_APP_ID: 'my-app',
      TEAMS_APP_VERSION: 'v2',
      MicrosoftAppType: 'Managed',
    });
    expect(complaint).toContain('MicrosoftAppId is not');
    expect(complaint).toContain('BOT_DOMAIN is not');
    expect(complaint).toContain('TEAMS_APP_ID is not');
    expect(complaint).toContain('TEAMS_APP_VERSION is not');
    expect(complaint).toContain('MicrosoftAppType is none');
  });
});
