import { compile, prepare } from './prepare.mjs';

const [suite, ...jestArgs] = process.argv.slice(2);
try {
  const { compiled, servers } = prepare(() => compile(...(suite ? projectsOf(suite) : [])));
  const typesHold = await compiled;
  await servers;
  // Node finds the names of exports in what tsc has written, not in what `npm start` has.
  const { testAll, testSuite } = (await import('./dist/testRun.js')).default;
  const passed = suite ? await testSuite(suite, jestArgs) : await testAll();
  if (!typesHold || !passed) process.exitCode = 1;
} catch (error) {
  console.error(`\n${error.message}\n`);
  process.exit(1);
}

/** What has to be compiled for one suite; nothing named is everything. The client is Next.js's own affair. */
function projectsOf(suite) {
  if (suite === 'infra/e2e') return [];
  return suite === 'client' ? ['common', 'infra/local'] : [suite, 'infra/local'];
}
