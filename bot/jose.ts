/* eslint-disable @typescript-eslint/no-require-imports --
   jose is an ES module only. Every Node that we run on can `require` one, but TypeScript does not let a CommonJS
   file import one as long as tsconfig.json says "module": "Node16" ("node20" would). */
import type * as Jose from 'jose' with { 'resolution-mode': 'import' };

/** jose: signed tokens (JWT) and the keys that they are checked with. */
export const jose: typeof Jose = require('jose');

/** A key that jose can check a signature with. */
export type VerificationKey = Awaited<ReturnType<typeof Jose.importJWK>>;
