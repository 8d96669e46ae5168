import { Turns } from './turns';
import { until } from './testing';

/** Work that ends when the test says so. */
function controlled(atOnce: number) {
  const turns = new Turns(atOnce);
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const ask = (holder: string, name: string) =>
    turns.take(holder, async () => {
      begun.push(name);
      await new Promise<void>((end) => ends.push(end));
      return name;
    });
  return { turns, begun, ends, ask };
}

test('bounds what runs at once; a hundred jobs of one holder do not block another', async () => {
  const { begun, ends, ask } = controlled(2);
  const flood = Array.from({ length: 100 }, (_, index) => ask('mallory', `mallory ${index}`));
  const ann = ask('ann', 'ann');
  expect(begun).toEqual(['mallory 0', 'mallory 1']);
  ends[0]?.();
  await until(() => begun.length === 3);
  ends[1]?.();
  expect(await Promise.all(flood.slice(0, 2))).toEqual(['mallory 0', 'mallory 1']);
  await until(() => begun.length === 4);
  expect(begun.slice(2)).toEqual(['mallory 2', 'ann']);
  ends[3]?.();
  expect(await ann).toBe('ann');
});

test('everything waiting gets its turn, in order for each holder', async () => {
  const turns = new Turns(1);
  const done: string[] = [];
  const names = ['a1', 'a2', 'a3', 'b1', 'b2', 'c1'];
  await Promise.all(names.map((name) => turns.take(name.charAt(0), () => Promise.resolve(done.push(name)))));
  expect(done).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2']);
});

test('a failed job passes its turn on', async () => {
  const turns = new Turns(1);
  const failing = Array.from({ length: 3 }, () => turns.take('ann', () => Promise.reject(new Error('no'))));
  expect((await Promise.allSettled(failing)).every(({ status }) => status === 'rejected')).toBe(true);
  expect(await turns.take('bob', () => Promise.resolve('done'))).toBe('done');
});
