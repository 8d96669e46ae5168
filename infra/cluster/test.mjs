import { compile, prepare } from '../local/prepare.mjs';

await prepare(() => compile('infra/cluster')).compiled;
await import('./dist/live/index.js');
