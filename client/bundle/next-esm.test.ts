import fs from 'node:fs';
import path from 'node:path';
import nextEsm from './next-esm.cjs';

const next = path.join(path.dirname(require.resolve('next/package.json')), 'dist');
const esm = path.join(next, 'esm');
const filesIn = (folder: string) =>
  fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .map((file) => path.join(folder, file));
const load = (file: string) => nextEsm.call({ resourcePath: path.join(next, file) });
const exportsOf = (source: string) =>
  [...source.matchAll(/(?:\bexport (?:async )?(?:function|const)|\bas) (\w+)/g)].map(([, name]) => name);

const modules = ['client', 'shared', 'lib']
  .flatMap((folder) => filesIn(path.join(next, folder)))
  .map((file) => path.relative(next, file));
const replaced = Object.keys(nextEsm.unused);

test('every module of Next.js for the browser has an ES module in its place', () => {
  expect(modules.length).toBeGreaterThan(100);
  expect(modules.filter((file) => !fs.existsSync(path.join(esm, file)))).toEqual([]);
});

test.each(modules.filter((file) => !replaced.includes(file)).slice(0, 3))('gives the ES module of %s', (file) => {
  expect(load(file)).toBe(fs.readFileSync(path.join(esm, file), 'utf8'));
});

test.each(replaced.filter((file) => file.startsWith('client/')))(
  'what stands for %s has all that it exports',
  (file) => {
    const original = fs.readFileSync(path.join(esm, file), 'utf8').replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '');
    const names = exportsOf(original.replace(/^import.*$/gm, ''));
    expect(names.length).toBeGreaterThan(0);
    expect(exportsOf(load(file))).toEqual(expect.arrayContaining(names));
  },
);

test.each(replaced)('%s is still a module of Next.js', (file) => {
  expect(fs.existsSync(path.join(next, file))).toBe(true);
});
