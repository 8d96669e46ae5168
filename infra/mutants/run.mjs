import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { copyTree } from './copy.mjs';
import { mutants, obstacle } from './list.mjs';

/** A test that hangs on a bug has noticed it. */
const WITHIN_MS = 10 * 60_000;

const { values, positionals } = parseArgs({ options: { only: { type: 'string' } }, allowPositionals: true });
const chosen = mutants
  .map((mutant, index) => ({ ...mutant, number: index + 1 }))
  .filter(({ suite }) => !values.only || suite === values.only || suite === `infra/${values.only}`)
  .filter(({ number }) => positionals.length === 0 || positionals.includes(String(number)));
if (chosen.length === 0) {
  console.error('No mutant is chosen: npm run mutants [-- [--only <suite>] [<number> …]]');
  process.exit(1);
}

const copy = copyTree();
let running;
process.on('exit', copy.remove);
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    endTests();
    process.exit(1);
  });

const { transpile } = await import(path.join(copy.folder, 'infra/local/transpile.mjs'));
const compile = () => transpile({ step: (_title, work) => work() });
await compile();

/** Whether the tests of a mutant pass without it, by their names: otherwise their failing with it proves nothing. */
const sound = new Map();
const results = [];
for (const [index, mutant] of chosen.entries()) {
  const { number, file, promise } = mutant;
  process.stdout.write(`[${index + 1}/${chosen.length}] ${number} ${file}: ${promise} … `);
  const started = Date.now();
  const result = await tryOut(mutant);
  results.push({ ...mutant, result });
  console.log(`${result} (${Math.round((Date.now() - started) / 1000)} s)`);
}

const others = results.filter(({ result }) => result !== 'caught');
console.log(`\n${results.length - others.length} of ${results.length} caught`);
for (const { number, file, promise, suite, tests, result } of others)
  console.log(
    `${result}: ${number} ${file}\n  breaks: ${promise}\n  should be noticed by: ${suite} ${tests.join(' ')}`,
  );
process.exit(others.length === 0 ? 0 : 1);

async function tryOut(mutant) {
  const reason = obstacle(mutant, copy.folder);
  if (reason) return `NO LONGER APPLIES (${reason})`;
  const tests = [mutant.suite, ...mutant.tests].join(' ');
  if (!sound.has(tests)) sound.set(tests, await pass(mutant));
  if (!sound.get(tests)) return 'FAILS WITHOUT IT';
  const file = path.join(copy.folder, mutant.file);
  const text = fs.readFileSync(file, 'utf8');
  try {
    fs.writeFileSync(
      file,
      text.replace(mutant.find, () => mutant.replace),
    );
    // Services started by tests run compiled code.
    await compile();
    return (await pass(mutant)) ? 'NOT NOTICED' : 'caught';
  } catch (error) {
    return `DOES NOT COMPILE (${error.message.split('\n')[0]})`;
  } finally {
    fs.writeFileSync(file, text);
    await compile();
  }
}

/** Runs the tests that should notice a mutant; whether all passed. */
async function pass({ suite, tests }) {
  const jest = path.join(copy.folder, 'node_modules/jest/bin/jest.js');
  const cache = `--cacheDirectory=${path.join(copy.folder, 'jest')}`;
  // Servers that are killed leave their data behind: 300 MB each.
  const scratch = fs.mkdtempSync(path.join(copy.folder, 't'));
  running = spawn(process.execPath, [jest, cache, '--bail', '--runTestsByPath', ...tests], {
    cwd: path.join(copy.folder, suite),
    env: { ...process.env, TMPDIR: scratch },
    detached: true,
    stdio: process.env.VERBOSE ? 'inherit' : 'ignore',
  });
  const timer = setTimeout(endTests, WITHIN_MS);
  const code = await new Promise((resolve) => running.once('exit', resolve));
  clearTimeout(timer);
  // Whatever a failed test left running.
  endTests();
  fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 10 });
  return code === 0;
}

/** Ends the tests and everything they started. */
function endTests() {
  try {
    process.kill(-running.pid, 'SIGKILL');
  } catch {
    // They have ended, or have not started.
  }
}
