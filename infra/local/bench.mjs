import { prepare } from './prepare.mjs';

if (await prepare()) await import('../bench/dist/index.js');
else process.exitCode = 1;
