import { newIntent } from '../domain/intent';
import { State, type KeptAnswer } from './state';

const HOUR = 60 * 60 * 1000;
const answer = (key: string, at: number): KeptAnswer => {
  return { key, at, path: '/', fingerprint: '', status: 200, body: '', requestId: 'req_1' };
};

test('a response is kept for 24 hours', () => {
  const state = new State();
  state.apply({ answer: answer('a', 0) });
  expect(state.answer('a', 24 * HOUR - 1)).toBeDefined();
  expect(state.answer('a', 24 * HOUR)).toBeUndefined();
});

test('a snapshot restores the state without anything settled or expired', () => {
  const state = new State();
  const intent = newIntent({ amount: 100, currency: 'usd' }, null, {
    now: 1,
    newId: (prefix) => `${prefix}_1`,
  });
  state.apply({ put: [intent], answer: answer('old', 0) });
  state.apply({ put: [{ ...intent, description: 'second' }], answer: answer('new', HOUR) });

  const lines = [...state.snapshot(24 * HOUR)];
  expect(lines).toEqual([{ put: [{ ...intent, description: 'second' }] }, { answer: answer('new', HOUR) }]);
  const rebuilt = new State();
  lines.forEach((line) => {
    rebuilt.apply(line);
  });
  expect(rebuilt.intents.all()).toEqual(state.intents.all());
});
