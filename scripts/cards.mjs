// npm run cards: writes docs/cards/index.html, every card as people see it (scripts/gallery/gallery.ts).
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, checkNode, install, root } from './prepare.mjs';

checkNode();
install();
build();
// Made by the build.
const { default: gallery } = await import('../dist/scripts/gallery/gallery.js');

const target = join(root, 'docs', 'cards', 'index.html');
mkdirSync(join(root, 'docs', 'cards'), { recursive: true });
writeFileSync(target, gallery.galleryPage());
console.log(`Every card is in ${target}`);
