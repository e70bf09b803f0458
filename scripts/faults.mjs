// npm run test:faults: the tests that need minutes of real time. `npm run test:faults -- --rounds 3 oversold` makes each
// go three rounds (seeds), and hands "oversold" to Jest.
import { build, checkNode, install, runOrExit, tools } from './prepare.mjs';

checkNode();
install();
// Some of them run the built bot.
build();
runOrExit([
  tools.jest,
  '--config',
  'jest.faults.config.mjs',
  '--runInBand',
  ...withoutRounds(process.argv.slice(2)),
]);

/** What is left for Jest; the number of rounds goes to the tests as ROUNDS. */
function withoutRounds(args) {
  const at = args.findIndex((arg) => arg === '--rounds' || arg.startsWith('--rounds='));
  if (at < 0) return args;
  const isApart = args[at] === '--rounds';
  const rounds = isApart ? args[at + 1] : args[at].slice('--rounds='.length);
  if (!/^[1-9]\d*$/.test(rounds ?? '')) {
    console.error('--rounds takes a number from 1 on');
    process.exit(2);
  }
  process.env.ROUNDS = rounds;
  return args.toSpliced(at, isApart ? 2 : 1);
}
