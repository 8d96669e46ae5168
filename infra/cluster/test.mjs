import { prepare } from '../local/prepare.mjs';

await prepare(['infra/cluster']);
await import('./dist/live/index.js');
