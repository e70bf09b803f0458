// npm run admin -- …: the operator's command line (scripts/admin.ts), built first when the sources changed.
import { build, checkNode, install, runOrExit } from './prepare.mjs';

checkNode();
install();
build();
runOrExit(['dist/scripts/admin.js', ...process.argv.slice(2)]);
