import { Checklist } from './checklist';

let lines: string[];

beforeEach(() => {
  lines = [];
  jest.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line.replace(/[\d.]+ s/, '0 s')));
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});

afterEach(() => jest.restoreAllMocks());

const fail = () => Promise.reject(new Error('two are missing'));

it('prints a line for each check, and the total', async () => {
  const checklist = new Checklist(new AbortController().signal);
  expect(await checklist.check('pods', () => Promise.resolve('13 of 13'))).toBe(true);
  expect(await checklist.check('arrows', fail)).toBe(false);
  expect(checklist.close()).toBe(false);
  expect(lines).toEqual(['✓ pods: 13 of 13 (0 s)', '✗ arrows: two are missing (0 s)', '\n1 passed, 1 failed']);
});

it('stops after a check that the others depend on has failed', async () => {
  const checklist = new Checklist(new AbortController().signal);
  await expect(checklist.demand('ready', fail)).rejects.toThrow('before this holds: ready');
  expect(checklist.close()).toBe(false);
});

it('stops when interrupted, but still cleans up', async () => {
  const interruption = new AbortController();
  const checklist = new Checklist(interruption.signal);
  interruption.abort(new Error('Interrupted by SIGINT'));
  await expect(checklist.check('pods', () => Promise.resolve('13 of 13'))).rejects.toThrow('Interrupted by SIGINT');
  expect(await checklist.last('cleaned up', () => Promise.resolve('gone'))).toBe(true);
  expect(lines).toEqual(['✓ cleaned up: gone (0 s)']);
});
