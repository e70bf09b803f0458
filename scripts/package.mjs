// npm run package: makes dist/partner-benefits.zip, the app package that is uploaded to Teams.
//
// MicrosoftAppId (a GUID) becomes the id of the bot and, unless TEAMS_APP_ID gives another, of the app; BOT_DOMAIN,
// when it is set, is the one host the app's cards may show pages of. The version is package.json's, unless
// TEAMS_APP_VERSION gives another: Teams takes an update only with a higher one. They come from the environment, as
// `.env.example` explains.
// The same files and settings give the same bytes, on every machine and at every hour.
// `node scripts/package.mjs other.zip` writes somewhere else.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import { checkNode, install, root } from './prepare.mjs';

checkNode();
install();
// There once the packages are installed.
const { AppManifestUtils } = (await import('@microsoft/app-manifest')).default;
const { zipSync } = await import('fflate');

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const PLACEHOLDER = '00000000-0000-0000-0000-000000000000';
const HOST_NAME = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;

const VERSION = /^\d+\.\d+\.\d+$/;
const APP_TYPES = ['SingleTenant', 'UserAssignedMSI', 'MultiTenant'];

/** A zip entry keeps the local clock's digits, so a date made from local digits is the same everywhere. */
const MTIME = new Date(1980, 0, 1);

/** A setting or file that must be put right before there can be a package. */
class CannotPackage extends Error {
  constructor(reasons) {
    super(reasons.map((reason) => `  - ${reason}`).join('\n'));
  }
}

/** Reads the settings and names everything that is wrong with them at once. */
function settings(env) {
  const read = (name) => (env[name] ?? '').trim().toLowerCase();
  const botId = read('MicrosoftAppId');
  const appId = read('TEAMS_APP_ID') || botId;
  const domain = read('BOT_DOMAIN');
  const version = read('TEAMS_APP_VERSION');
  const appType = env.MicrosoftAppType?.trim() || 'SingleTenant';
  const wrong = [];
  if (!botId) {
    wrong.push('MicrosoftAppId is missing: the application (client) id of the bot, a GUID.');
  } else if (!GUID.test(botId) || botId === PLACEHOLDER) {
    wrong.push(`MicrosoftAppId is not the application id of a bot, which is a GUID: "${botId}".`);
  }
  if (appId !== botId && !GUID.test(appId)) {
    wrong.push(`TEAMS_APP_ID is not the id of a Teams app, which is a GUID: "${appId}".`);
  }
  if (domain && !HOST_NAME.test(domain)) {
    wrong.push(`BOT_DOMAIN is not a host name (no https://, no port, no path): "${domain}".`);
  }
  if (version && !VERSION.test(version)) {
    wrong.push(`TEAMS_APP_VERSION is not a version, such as 1.2.3: "${version}".`);
  }
  if (!APP_TYPES.includes(appType)) {
    wrong.push(`MicrosoftAppType is none of ${APP_TYPES.join(', ')}: "${appType}".`);
  }
  if (wrong.length > 0) throw new CannotPackage(wrong);
  return { appId, botId, appType, version, validDomains: domain ? [domain] : [] };
}

const read = (name) => readFile(resolve(root, 'manifest', name));
const packageVersion = async () => JSON.parse(await readFile(resolve(root, 'package.json'), 'utf8')).version;
const readJson = async (name) => JSON.parse((await read(name)).toString());
const bytes = (value) => new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);

/** The manifest with this company's ids in it, valid against the schema that it names. */
async function filledManifest({ appId, botId, appType, version, validDomains }) {
  const manifest = await readJson('manifest.json');
  const filled = {
    ...manifest,
    version: version || (await packageVersion()),
    id: appId,
    bots: manifest.bots.map((bot) => ({ ...bot, botId })),
    validDomains,
    // It must name an app registration, and a managed identity has none.
    ...(appType !== 'UserAssignedMSI' && { webApplicationInfo: { id: botId } }),
  };
  const failures = await AppManifestUtils.validateAgainstSchema(filled);
  if (failures.length > 0) throw new CannotPackage(failures.map((failure) => `manifest.json${failure}`));
  return filled;
}

/** Every file that the manifest speaks of, by its name in the package, in the order of the names. */
async function contents(manifest) {
  const files = { 'manifest.json': bytes(manifest) };
  for (const { file } of manifest.localizationInfo.additionalLanguages) {
    files[file] = bytes(await readJson(file));
  }
  for (const name of Object.values(manifest.icons)) files[name] = await read(name);
  return Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const isPlaceholder = (developer) =>
  Object.values(developer).some((value) => URL.canParse(value) && new URL(value).hostname === 'example.com');

async function main() {
  const target = resolve(process.argv[2] ?? resolve(root, 'dist', 'partner-benefits.zip'));
  const manifest = await filledManifest(settings(process.env));
  const zip = zipSync(await contents(manifest), { level: 9, mtime: MTIME });
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, zip);
  console.log(`${relative(process.cwd(), target)}: ${zip.length.toLocaleString('en-US')} bytes`);
  if (isPlaceholder(manifest.developer)) {
    console.error(
      'The developer in manifest/manifest.json is a placeholder: put your own name and addresses there.',
    );
  }
}

try {
  await main();
} catch (error) {
  if (!(error instanceof CannotPackage)) throw error;
  console.error(`No app package was made:\n${error.message}`);
  process.exitCode = 1;
}
