import fs from 'node:fs';
import path from 'node:path';
import { root } from './workflows';

/** The OWASP ASVS 5 table is complete, and its tests exist. */

const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');
/** The requirements of levels 1 and 2, each with its level. */
const items = JSON.parse(read('infra/cluster/src/asvs.json')) as Record<string, number>;
const table = read('.github/security/asvs.md');

const statuses = ['holds', 'not applicable', 'does not hold'];
const rows = table
  .split('\n')
  .filter((line) => line.startsWith('| V'))
  .map((line) => {
    const [name = '', level = '', status = '', how = '', tests = ''] = line.slice(2, -2).split(' | ');
    const [item = '', ...words] = name.split(' ');
    return { item, words: words.join(' '), level: Number(level), status, how, tests };
  });

const literally = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
/** Whether a file has a test, or several, with this title as written there. */
const hasTest = (file: string, title: string) => new RegExp(`\\(\\s*(['"\`])${literally(title)}\\1,`).test(read(file));

test('the table has every requirement of levels 1 and 2 once, with its level and a paraphrase', () => {
  expect(Object.keys(items).length).toBe(253);
  expect(rows.map(({ item, level }) => [item, level])).toEqual(Object.entries(items));
  for (const { item, words, how, status } of rows) {
    expect([item, words !== '' && how !== '']).toEqual([item, true]);
    expect(statuses).toContain(status);
  }
});

test('every requirement names its tests, or says why there are none', () => {
  for (const { item, tests, status } of rows) {
    if (tests.startsWith('— ')) {
      expect([item, tests.length > 8]).toEqual([item, true]);
      continue;
    }
    expect([item, status]).not.toEqual([item, 'does not hold']);
    for (const each of tests.split('<br>')) {
      const [, file = '', title = ''] = /^`([\w./-]+\.test\.tsx?)`: (.+)$/.exec(each) ?? [];
      expect([item, each, file !== '' && fs.existsSync(path.join(root, file))]).toEqual([item, each, true]);
      expect([item, file, title, hasTest(file, title)]).toEqual([item, file, title, true]);
    }
  }
});

test('whatever else a row mentions exists', () => {
  for (const { item, how, tests } of rows)
    for (const [, file = ''] of `${how} ${tests}`.matchAll(
      /`((?:auth|client|common|expiration|infra|orders|payments|tickets)\/[^`]+)`/g,
    ))
      expect([item, file, fs.existsSync(path.join(root, file))]).toEqual([item, file, true]);
});

test('the counts match the table, here and in SECURITY.md', () => {
  const [holds, absent, open] = statuses.map((status) => rows.filter((row) => row.status === status).length);
  const counts = `${holds} hold, ${absent} are not applicable, ${open} do not hold`;
  expect(table).toContain(counts);
  expect(read('.github/SECURITY.md')).toContain(counts);
});
