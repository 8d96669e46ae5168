import { readOptions } from './options';

test('by default, measures everything in full', () => {
  expect(readOptions([])).toMatchObject({
    rounds: 5,
    seconds: 30,
    fill: 100_000,
    orders: 1_000_000,
    replicas: 1,
    proxy: false,
  });
  expect(readOptions([]).only).toContain('rush');
});

test('uses only the origin of a URL', () => {
  expect(readOptions(['--url', 'http://127.0.0.1:3000/tickets/']).url).toBe('http://127.0.0.1:3000');
});

test.each([
  [['--fast'], /Unknown option '--fast'/],
  [['--only', 'list,naps'], /not "naps"/],
  [['--rounds', '0'], /--rounds takes a whole number from 1/],
  [['--seconds', '1.5'], /--seconds takes a whole number/],
  [['--url', 'nowhere'], /Invalid URL/],
  [['extra'], /Unexpected argument 'extra'/],
])('rejects %j', (args, words) => {
  expect(() => readOptions(args)).toThrow(words);
});
