import { spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

const root = join(__dirname, '../..');

/** The last: a page reaches nothing but this machine. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/** A headless Chromium: the one that is installed, else the one in an npm package. Close it at the end. */
export async function openChromium(): Promise<Browser> {
  const { path, env } = installedChromium() ?? packagedChromium();
  return chromium.launch({ executablePath: path, args: FLAGS, env: { ...process.env, ...env } });
}

interface Chromium {
  path: string;
  env?: Record<string, string>;
}

function installedChromium(): Chromium | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin'];
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const path = [
    ...folders.flatMap((folder) => names.map((name) => join(folder, name))),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ].find(isExecutable);
  return path ? { path } : undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The Chromium in @sparticuz/chromium, for Linux on x64, with the few libraries that a bare machine lacks. */
function packagedChromium(): Chromium {
  const home = join(root, 'node_modules', '.cache', 'chromium');
  if (!existsSync(home)) unpackTo(home);
  return {
    path: join(home, 'chromium'),
    env: { LD_LIBRARY_PATH: join(home, 'al2023', 'lib'), FONTCONFIG_PATH: join(home, 'fonts') },
  };
}

function unpackTo(home: string): void {
  mkdirSync(dirname(home), { recursive: true });
  const parts = mkdtempSync(`${home}-`);
  // The package is ESM, which Jest can't load on Node 20: a process of its own unpacks it into its temp folder.
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', `await (await import('@sparticuz/chromium')).default.executablePath()`],
    {
      cwd: root,
      // It unpacks the libraries too when it believes that it is in AWS Lambda.
      env: { ...process.env, TMPDIR: parts, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
      encoding: 'utf8',
      timeout: 60_000,
    },
  );
  if (status !== 0 || process.platform !== 'linux' || process.arch !== 'x64') {
    rmSync(parts, { recursive: true, force: true });
    throw new Error(
      `The tests need a browser: install Chromium (apt-get install chromium) or Google Chrome.\n${stderr}`,
    );
  }
  // Its own font list has fixed folders, and without any font the page crashes.
  writeFileSync(
    join(parts, 'fonts', 'fonts.conf'),
    `<fontconfig><dir>${join(home, 'fonts')}</dir><dir>/usr/share/fonts</dir><cachedir>${join(home, 'cache')}</cachedir></fontconfig>`,
  );
  // In one go: another worker, or a run that is interrupted here, never leaves half a browser behind.
  renameSync(parts, home);
}
