// npm run test:soak [-- --minutes N]: mixed work on three processes of the bot, 10 minutes by default.
import { parseArgs } from 'node:util';
import { build, checkNode, install, runOrExit, tools } from './prepare.mjs';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' } } });
const minutes = Number(values.minutes);
if (!(minutes >= 1 && minutes <= 24 * 60)) {
  console.error(`--minutes ${values.minutes}: give a number from 1 to 1440.`);
  process.exit(1);
}

checkNode();
install();
build();
process.env.SOAK_MINUTES = `${minutes}`;
runOrExit([tools.jest, '--config', 'jest.soak.config.mjs', '--runInBand']);
