import { compile, prepare } from './prepare.mjs';

const [suite, ...jestArgs] = process.argv.slice(2);
try {
  const { compiled, servers } = prepare(() => compile(...(suite ? projectsOf(suite) : [])));
  const typesHold = await compiled;
  await servers;
  // Its names are hidden from `import` where `npm start` compiled it.
  const { testAll, testSuite } = (await import('./dist/testRun.js')).default;
  const passed = suite ? await testSuite(suite, jestArgs) : await testAll();
  if (!typesHold || !passed) process.exitCode = 1;
} catch (error) {
  console.error(`\n${error.message}\n`);
  process.exit(1);
}

/** What to compile for one suite; without a name, everything. The client compiles itself with Next.js. */
function projectsOf(suite) {
  if (suite === 'infra/e2e') return [];
  return suite === 'client' ? ['common', 'infra/local'] : [suite, 'infra/local'];
}
