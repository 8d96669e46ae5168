import { readOptions, usage } from './options.mjs';
import { prepare } from './prepare.mjs';

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    console.log(usage);
  } else {
    if (!(await prepare())) console.log('  ! It runs all the same, but npm test will fail on what is shown above');
    const { run } = await import('./dist/run.js');
    await run(options);
  }
} catch (error) {
  console.error(`\n${error.message}\n`);
  process.exitCode = 1;
}
