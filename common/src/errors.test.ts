import { isOutage } from './errors';

const failure = (message: string, more: object = {}) => Object.assign(new Error(message), more);

test.each([
  ['a refused connection', failure('connect ECONNREFUSED 127.0.0.1:6379', { code: 'ECONNREFUSED' })],
  ['a cut connection', failure('write EPIPE', { code: 'EPIPE' })],
  ['a closed Redis client', failure('Connection is closed.')],
  ['a command cut off with its connection', failure('Command aborted due to connection close', { name: 'AbortError' })],
  ['a write that no majority confirmed in time', failure('waiting for replication timed out', { code: 64 })],
  ['Redis loading its data', failure('LOADING Redis is loading the dataset in memory', { name: 'ReplyError' })],
])('%s is an outage: the same call may succeed later', (_case, error) => {
  expect(isOutage(error)).toBe(true);
});

test.each([
  ['a wrong command', failure('ERR unknown command', { name: 'ReplyError' })],
  ['a bug of ours', new TypeError('x is not a function')],
  ['a duplicate', failure('E11000 duplicate key', { name: 'MongoServerError', code: 11000 })],
  ['a text instead of an error', 'ECONNREFUSED'],
])('%s is not an outage', (_case, error) => {
  expect(isOutage(error)).toBe(false);
});
