import { prepare } from '../local/prepare.mjs';
import { transpile } from '../local/transpile.mjs';

await prepare(transpile).compiled;
await import('./dist/live/index.js');
