// npm run bench: see bench/bench.mjs.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build, checkNode, install, root } from './prepare.mjs';

checkNode();
install();
build();
const { status } = spawnSync(process.execPath, [join(root, 'bench/bench.mjs'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exit(status ?? 1);
