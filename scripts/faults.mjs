// npm run test:faults: the tests that need minutes of real time. `npm run test:faults -- pace` hands "pace" to Jest.
import { build, checkNode, install, runOrExit, tools } from './prepare.mjs';

checkNode();
install();
// Some of them run the built bot.
build();
runOrExit([tools.jest, '--config', 'jest.faults.config.mjs', '--runInBand', ...process.argv.slice(2)]);
