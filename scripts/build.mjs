// npm run build: compiles to dist/.
import { build, checkNode, install } from './prepare.mjs';

checkNode();
install();
build();
