import { existsSync } from 'node:fs';

// Compiled by the `npm start` that runs the stack.
const compiled = new URL('./dist/operate.js', import.meta.url);

try {
  if (!existsSync(compiled))
    throw new Error('Nothing is running here: run npm start, then try again in another terminal');
  const { operate } = await import(compiled.href);
  process.exitCode = await operate(process.argv.slice(2));
} catch (error) {
  console.error(`\n${error.message}\n`);
  process.exit(1);
}
