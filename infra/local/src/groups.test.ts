import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { grouped } from '../groups.cjs';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'groups-'));
const fileOf = (name: string) => path.join(folder, 'src', `${name}.ts`);
beforeAll(() => {
  fs.mkdirSync(path.join(folder, 'src/domain'), { recursive: true });
  for (const name of ['a.test', 'other.a.test', 'domain/b.test', 'c.test']) fs.writeFileSync(fileOf(name), '');
  fs.writeFileSync(fileOf('some.group'), "const files = ['./a.test', './domain/b.test'];");
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** The files that a run with these arguments leaves to their group. */
const left = (...words: string[]) => {
  const patterns = grouped(folder, words).testPathIgnorePatterns ?? [];
  const names = ['a.test', 'other.a.test', 'domain/b.test', 'c.test', 'some.group'];
  return names.filter((name) => patterns.some((pattern) => new RegExp(pattern).test(fileOf(name))));
};

test('files in a group run there, all others by themselves', () => {
  expect(left()).toEqual(['a.test', 'domain/b.test']);
  expect(left('--json', '--outputFile=x')).toEqual(['a.test', 'domain/b.test']);
  expect(grouped(folder, []).testMatch).toContain('**/*.group.ts');
});

test('files named on the command line run by themselves, groups as one', () => {
  expect(grouped(folder, ['src/a.test.ts'])).toEqual({});
  expect(left('src/some.group.ts')).toEqual(['a.test', 'domain/b.test']);
});

test('a group that names a missing file is rejected', () => {
  const gone = fileOf('late.group');
  fs.writeFileSync(gone, "const files = ['./late.test'];");
  expect(() => grouped(folder, [])).toThrow(/late\.group\.ts names files that do not exist: .*late\.test\.ts/);
  fs.rmSync(gone);
});
