import { prepare } from './prepare.mjs';
import { transpile } from './transpile.mjs';

const [suite, ...jestArgs] = process.argv.slice(2);
try {
  const { compiled, servers } = prepare(transpile);
  await Promise.all([compiled, servers]);
  // Its names are hidden from `import` where swc compiled it.
  const { testAll, testSuite } = (await import('./dist/testRun.js')).default;
  const passed = suite ? await testSuite(suite, jestArgs) : await testAll();
  if (!passed) process.exitCode = 1;
} catch (error) {
  console.error(`\n${error.message}\n`);
  process.exit(1);
}
