import { readOptions, usage } from './options.mjs';
import { prepare } from './prepare.mjs';

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    console.log(usage);
  } else {
    if (!(await prepare())) throw new Error('The code does not compile: mend what is shown above, then run this again');
    const { run } = await import('./dist/run.js');
    await run(options);
  }
} catch (error) {
  console.error(`\n${error.message}\n`);
  process.exitCode = 1;
}
