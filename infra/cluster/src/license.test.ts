import fs from 'node:fs';
import path from 'node:path';
import { workspaces } from '@ticketing/local';
import { root } from './workflows';

const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');
const manifestOf = (folder: string) =>
  JSON.parse(read(path.join(folder, 'package.json'))) as { license?: string; private?: boolean; files?: string[] };

test.each(['.', ...workspaces()])('%s: the license is that of the file LICENSE', (folder) => {
  const [title] = read('LICENSE').split('\n');
  expect(title).toBe(`${manifestOf(folder).license} License`);
});

test('what is published includes its license', () => {
  expect(workspaces().filter((folder) => !manifestOf(folder).private)).toEqual(['common']);
  expect(read('.github/workflows/common.yml')).toContain('cp LICENSE common/');
});
