// npm run test:faults: the tests that need minutes of real time. `npm run test:faults -- pace` hands "pace" to Jest.
import { checkNode, install, runOrExit, tools } from './prepare.mjs';

checkNode();
install();
runOrExit([tools.jest, '--config', 'jest.faults.config.mjs', '--runInBand', ...process.argv.slice(2)]);
