const fs = require('node:fs');
const path = require('node:path');

/** The files that a group names; throws if one does not exist, since none of the group would run. */
function membersOf(group) {
  const named = fs.readFileSync(group, 'utf8').matchAll(/'\.\/([^']+\.test)'/g);
  const files = [...named].map(([, name]) => path.join(path.dirname(group), `${name}.ts`));
  const gone = files.filter((file) => !fs.existsSync(file));
  if (gone.length > 0) throw new Error(`${group} names files that do not exist: ${gone.join(', ')}`);
  return files;
}

/**
 * For a suite whose `src/*.group.ts` list files that run as one, in sequence: a file that runs by itself loads every package
 * again, which costs a second of a core. A file in no group runs by itself, and so does any file named on the command line.
 * @param folder the suite's folder
 * @param args the command-line arguments
 */
function grouped(folder, args = process.argv.slice(2)) {
  const words = args.filter((word) => !word.startsWith('-'));
  if (words.length > 0 && !words.some((word) => word.includes('.group'))) return {};
  const src = path.join(folder, 'src');
  const groups = fs.readdirSync(src).filter((name) => name.endsWith('.group.ts'));
  const members = groups.flatMap((group) => membersOf(path.join(src, group)));
  return {
    testMatch: ['**/*.test.ts', '**/*.group.ts'],
    testPathIgnorePatterns: ['/node_modules/', ...members.map((file) => `^${file}$`)],
    testSequencer: path.join(__dirname, 'sequencer.cjs'),
  };
}

module.exports = { grouped, membersOf };
