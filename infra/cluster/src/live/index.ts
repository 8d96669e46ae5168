import { Checklist } from './checklist';
import { readSettings } from './config';
import { readOptions, usage } from './options';
import { testCluster } from './run';

/** The program behind `npm run test:cluster`. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) return console.log(usage);
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => interruption.abort(new Error(`Interrupted by ${signal}`)));
  }
  const checklist = new Checklist(interruption.signal);
  try {
    await testCluster(checklist, readSettings(), options);
  } finally {
    if (!checklist.close()) process.exitCode = 1;
  }
}

main().catch((error: unknown) => {
  console.error(`\n${(error as Error).message}\n`);
  process.exitCode = 1;
});
