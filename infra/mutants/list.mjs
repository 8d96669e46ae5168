import fs from 'node:fs';
import path from 'node:path';

/** The clone's root. */
export const root = path.resolve(import.meta.dirname, '../..');

/**
 * A bug to plant: in `file`, `find` (which occurs once) becomes `replace`. It breaks `promise`, and one of `tests`, paths of
 * test files within `suite`, should notice.
 * @typedef {{ file: string, find: string, replace: string, promise: string, suite: string, tests: string[] }} Mutant
 */

/** @type {Mutant[]} */
export const mutants = JSON.parse(fs.readFileSync(path.join(import.meta.dirname, 'mutants.json'), 'utf8'));

/**
 * Why a mutant no longer applies to the tree in `folder`; undefined where it does.
 * @param {Mutant} mutant
 */
export function obstacle({ file, find, replace, suite, tests }, folder = root) {
  const lost = [file, ...tests.map((test) => path.join(suite, test))].find(
    (name) => !fs.existsSync(path.join(folder, name)),
  );
  if (lost) return `${lost} is gone`;
  if (find === replace) return 'it changes nothing';
  const times = fs.readFileSync(path.join(folder, file), 'utf8').split(find).length - 1;
  return times === 1 ? undefined : `its text is found ${times} times`;
}

// Run as a script: reports mutants that no longer apply, and how many there are.
if (process.argv[1] === import.meta.filename) {
  const gone = mutants.flatMap((mutant, index) => {
    const reason = obstacle(mutant);
    return reason ? [`${index + 1} ${mutant.file}: ${reason}`] : [];
  });
  console.log(JSON.stringify({ count: mutants.length, gone, files: mutants.map(({ file }) => file) }));
}
