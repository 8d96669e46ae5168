import { execFileSync } from 'node:child_process';
import path from 'node:path';

/** Lists the language's functions that have been replaced once `common` is loaded. */
const REPLACED = `
const owners = { JSON, Object, Promise, ...Object.fromEntries([Array, String, RegExp, Promise, Map, Set, Function, Date, Uint8Array].map((type) => [type.name + '.prototype', type.prototype])) };
const read = () => Object.entries(owners).flatMap(([owner, object]) =>
  Reflect.ownKeys(object).map((name) => [owner + '.' + String(name), Object.getOwnPropertyDescriptor(object, name)]));
const before = new Map(read());
require('./dist');
const replaced = read().filter(([name, { value, get }]) => before.get(name)?.value !== value || before.get(name)?.get !== get);
console.log(JSON.stringify(replaced.map(([name]) => name)));
`;

test('no library that the services load replaces a JavaScript builtin', () => {
  const replaced = execFileSync(process.execPath, ['-e', REPLACED], {
    cwd: path.join(__dirname, '..'),
    encoding: 'utf8',
  });
  expect(JSON.parse(replaced)).toEqual([]);
});
