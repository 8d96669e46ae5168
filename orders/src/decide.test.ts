import { newId } from '@ticketing/common/testing';
import { createDecide } from './decide';

const made: unknown[] = [];
const decide = createDecide({
  decide: (...args) => {
    made.push(args);
    return Promise.resolve(made.length > 1 ? undefined : { set: {} });
  },
});
const id = newId();

test('records who decided and why, and says whether it had already been decided', async () => {
  const ruling = { decision: 'refund', why: 'Seen the photo' };
  const args = [id.toUpperCase(), 'refund', '--why', ' Seen the photo '];
  expect(await decide([...args, '--by', 'eve'])).toMatchObject({ order: id, by: 'eve', before: false });
  expect(await decide(args)).toMatchObject({ before: true, by: expect.stringMatching(/./) as string });
  expect(made).toMatchObject([
    [id, { ...ruling, by: 'eve' }, { refusable: true }],
    [id, ruling, { refusable: true }],
  ]);
});

test.each([
  [[]],
  [[id, 'pay']],
  [[id, 'pay', '--why', ' ']],
  [[id, 'perhaps', '--why', 'x']],
  [['abc', 'pay', '--why', 'x']],
  [[id, 'pay', 'refund', '--why', 'x']],
])('rejects %j', async (args) => {
  await expect(decide(args)).rejects.toThrow('Usage');
});
