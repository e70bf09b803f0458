// What every script here needs first: the right Node, the packages of the lockfile, a fresh dist/.
// Runs before anything is installed, so it may import Node's own modules only.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const fromRoot = (...path) => join(root, ...path);

const OLDEST_NODE = [20, 19];

/** Tools are run by their JS file with the Node that runs us: a `node` in node_modules/.bin would shadow it. */
export const tools = {
  tsc: fromRoot('node_modules', 'typescript', 'bin', 'tsc'),
  eslint: fromRoot('node_modules', 'eslint', 'bin', 'eslint.js'),
  prettier: fromRoot('node_modules', 'prettier', 'bin', 'prettier.cjs'),
  jest: fromRoot('node_modules', 'jest', 'bin', 'jest.js'),
};

/** Ends this process with one line when Node is too old for the packages. */
export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  console.error(
    `Node ${process.versions.node} is too old: install Node ${OLDEST_NODE.join('.')} or newer (https://nodejs.org), then try again.`,
  );
  process.exit(1);
}

/** Installs the packages of package-lock.json, unless exactly these are there. */
export function install() {
  if (isInstalled()) return;
  console.error('Installing packages (npm ci, a minute or so) …');
  // Under `npm start` npm tells where it is. NODE_ENV=production would leave out the compiler.
  const npm = process.env.npm_execpath ?? '';
  const [command, first] = /npm-cli\.[cm]?js$/.test(npm) ? [process.execPath, [npm]] : ['npm', []];
  // --loglevel=error: restify warns about Node 20's version, with which it works.
  const flags = ['--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  orExit(
    spawnSync(command, [...first, 'ci', ...flags], {
      cwd: root,
      stdio: 'inherit',
      shell: process.platform === 'win32' && command === 'npm',
    }),
    'Installing the packages failed: see above, then try again.',
  );
}

/** npm writes node_modules/.package-lock.json last, so after an interrupted install it is missing. */
function isInstalled() {
  const hidden = fromRoot('node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const packages = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const installed = packages(hidden);
  return Object.entries(packages(fromRoot('package-lock.json'))).every(
    ([path, wanted]) =>
      path === '' ||
      installed[path]?.version === wanted.version ||
      // Left out on this machine: made for another system.
      (wanted.optional && !installed[path]),
  );
}

const BUILT = fromRoot('dist', '.built');

/** Compiles to dist/, unless dist/ was made from exactly these sources. */
export function build() {
  const sources = hashOfSources();
  if (existsSync(BUILT) && readFileSync(BUILT, 'utf8') === sources) return;
  console.error('Building dist/ …');
  // All of it goes, or what came of a source that is deleted would stay.
  rmSync(fromRoot('dist'), { recursive: true, force: true });
  runOrExit([tools.tsc, '-p', 'tsconfig.build.json', '--noEmitOnError']);
  writeFileSync(BUILT, sources);
}

const NO_SOURCES = new Set(['node_modules', 'dist', 'tests', 'samples', 'docs', 'infra']);

function hashOfSources() {
  const hash = createHash('sha256');
  const add = (folder) => {
    const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.') && !NO_SOURCES.has(relative(root, path))) add(path);
      } else if (/\.(ts|json)$/.test(entry.name)) {
        hash.update(relative(root, path)).update('\0').update(readFileSync(path)).update('\0');
      }
    }
  };
  add(root);
  return hash.digest('hex');
}

/** Runs a JS file with this Node, showing what it prints; ends this process with its code when it fails. */
export function runOrExit(args) {
  orExit(spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }));
}

function orExit({ status, error }, message) {
  if (status === 0) return;
  if (error) console.error(error.message);
  if (message) console.error(message);
  process.exit(status ?? 1);
}
