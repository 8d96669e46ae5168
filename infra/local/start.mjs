import { readOptions, usage } from './options.mjs';
import { prepare } from './prepare.mjs';
import { transpile } from './transpile.mjs';

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    console.log(usage);
  } else {
    const { compiled, servers } = prepare(transpile, { runsOnly: !options.dev });
    await compiled;
    // swc's output hides its exports from `import`.
    const { run } = (await import('./dist/run.js')).default;
    await run({ ...options, servers });
  }
} catch (error) {
  console.error(`\n${error.message}\n`);
  process.exit(1);
}
