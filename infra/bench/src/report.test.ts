import { formatResult, heading } from './report';
import { isMet, type Figure } from './result';

const slow: Figure = {
  name: 'holds',
  unit: '/s',
  measured: 345.6,
  baseline: 512,
  ratio: 0.675,
  aim: { of: 'ratio', atLeast: 0.7 },
};

test('a target is met only within its bounds, and never if nothing could be measured', () => {
  expect(isMet(slow)).toBe(false);
  expect(isMet({ ...slow, ratio: 0.7 })).toBe(true);
  expect(isMet({ name: 'p99', unit: 'ms', measured: NaN, aim: { of: 'measured', atMost: 25 } })).toBe(false);
  const winners: Figure = { name: 'winners', unit: '', measured: 1, aim: { of: 'measured', atLeast: 1, atMost: 1 } };
  expect(isMet(winners)).toBe(true);
  expect(isMet({ ...winners, measured: 2 })).toBe(false);
});

test('a row has the figure, baseline, ratio, target and verdict', () => {
  const text = formatResult({ figures: [slow], wrong: {} });
  expect(text.replace(/ +/g, ' ')).toBe('holds 346 /s 512 /s 68 % ≥ 70 % NOT MET');
  expect(heading).toMatch(/measured +baseline +ratio +aim$/);
});

test('wrong responses invalidate the figures and are shown', () => {
  const text = formatResult({ figures: [{ ...slow, ratio: 0.9 }], wrong: { 404: 3 } });
  expect(text).toMatch(/void$/m);
  expect(text).toContain('{"404":3}');
  expect(text).not.toMatch(/\bmet\b/);
});

test('lists CPU by process, the most expensive first', () => {
  const cpuPerHoldMs = { system: { nats: 0.5, orders: 2.25, redis: 0 }, baseline: { baseline: 1 } };
  expect(formatResult({ figures: [], wrong: {}, cpuPerHoldMs })).toBe(
    'CPU per hold: 2.75 ms = orders 2.25 + nats 0.50\n  of the baseline: 1.00 ms = baseline 1.00',
  );
});
