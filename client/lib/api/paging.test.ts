import { asCursor, nextCursor } from './paging';

describe('nextCursor', () => {
  it.each([
    ['</api/tickets?limit=24&cursor=abc>; rel="next"', 'abc'],
    ['<http://127.0.0.1:3000/api/tickets?cursor=a%2Bb>; rel=next', 'a+b'],
    ['</api/tickets?cursor=x>; rel="prev", </api/tickets?cursor=y>; rel="next"', 'y'],
    ['</api/tickets?cursor=y>; title="more"; rel="next", </api/tickets?cursor=x>; rel="prev"', 'y'],
  ])('reads %s', (header, cursor) => {
    expect(nextCursor(header)).toBe(cursor);
  });

  it.each([undefined, '', '</api/tickets?cursor=x>; rel="prev"', '</api/tickets>; rel="next"', 'nonsense'])(
    'finds none in %p',
    (header) => {
      expect(nextCursor(header)).toBeUndefined();
    },
  );
});

it.each([
  [undefined, undefined],
  ['', undefined],
  ['a', 'a'],
  [['a', 'b'], 'a'],
  [[], undefined],
])('reads the cursor %j of an address as %j', (said, cursor) => {
  expect(asCursor(said)).toBe(cursor);
});
