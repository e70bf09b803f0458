// npm test: types, lint, format, then every test. `npm test -- assign` hands "assign" to Jest.
import { build, checkNode, install, runOrExit, tools } from './prepare.mjs';

checkNode();
install();
step('Types (tsc)', tools.tsc, '--noEmit');
step('Lint (eslint)', tools.eslint, '.');
step('Format (prettier)', tools.prettier, '--check', '--log-level=warn', '.');
// Some tests run the whole bot, as `npm start` does.
build();
step('Tests (jest)', tools.jest, ...process.argv.slice(2));

function step(name, ...args) {
  console.log(`${name} …`);
  runOrExit(args);
}
