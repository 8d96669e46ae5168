import { prepare } from './prepare.mjs';
import { transpile } from './transpile.mjs';

await prepare(transpile).compiled;
await import('../bench/dist/index.js');
