import { apiQuery, narrowings, readSearch, searchPath } from './search';

describe('readSearch', () => {
  it('reads every filter', () => {
    const { search, wrong } = readSearch({
      q: ' jazz ',
      category: 'concert',
      from: '2026-11-21',
      to: '2026-11-22',
      minPrice: '10',
      maxPrice: '49,50',
      sort: '-price',
      cursor: 'abc',
    });
    expect(search).toEqual({
      q: 'jazz',
      category: 'concert',
      from: '2026-11-21',
      to: '2026-11-22',
      minPrice: 10,
      maxPrice: 49.5,
      sort: '-price',
      cursor: 'abc',
    });
    expect(wrong).toEqual({});
  });

  it('ignores empty form fields', () => {
    expect(readSearch({ q: ' ', category: '', from: '', minPrice: '', sort: '', other: 'x' })).toEqual({
      search: {},
      wrong: {},
    });
  });

  it('sets aside what it cannot parse, as it was typed, and keeps the rest', () => {
    const { search, wrong } = readSearch({
      q: 'x'.repeat(101),
      category: ['opera', 'sport'],
      from: '31.12.',
      minPrice: '-1',
      sort: 'best',
      maxPrice: '9',
    });
    expect(search).toEqual({ maxPrice: 9 });
    expect(wrong).toEqual({ q: 'x'.repeat(101), category: 'opera', from: '31.12.', minPrice: '-1', sort: 'best' });
  });

  it('accepts two days in either order', () => {
    const { search, wrong } = readSearch({ from: '2026-11-22', to: '2026-11-21' });
    expect(search).toEqual({ from: '2026-11-21', to: '2026-11-22' });
    expect(wrong).toEqual({});
  });

  it('reads prices as people write them, in either order', () => {
    const { search, wrong } = readSearch({ minPrice: '$1.234,50', maxPrice: '€ 1,000' });
    expect(search).toEqual({ minPrice: 1000, maxPrice: 1234.5 });
    expect(readSearch({ maxPrice: '1,000,000' }).wrong).toEqual({ maxPrice: '1,000,000' });
    expect(wrong).toEqual({});
  });
});

describe('searchPath', () => {
  const search = { q: 'rock & roll', category: 'concert', cursor: 'abc' } as const;

  it('starts a changed search at its first page', () => {
    expect(searchPath(search, { category: 'sport' })).toBe('/?q=rock+%26+roll&category=sport');
    expect(searchPath(search, { cursor: 'def' })).toBe('/?q=rock+%26+roll&category=concert&cursor=def');
  });

  it('is the plain list without any filter', () => {
    expect(searchPath(search, { q: undefined, category: undefined })).toBe('/');
  });

  it('survives a round trip', () => {
    const path = searchPath({ q: 'ä+?', from: '2026-11-21', minPrice: 0, sort: 'price' });
    expect(readSearch(Object.fromEntries(new URL(path, 'http://site').searchParams)).search).toEqual({
      q: 'ä+?',
      from: '2026-11-21',
      minPrice: 0,
      sort: 'price',
    });
  });
});

it('names each filter, and the search without it', () => {
  const search = { category: 'comedy', to: '2026-11-22', minPrice: 0, sort: 'price' } as const;
  expect(narrowings(search).map(({ name, without }) => [name, searchPath(search, without)])).toEqual([
    ['category', '/?to=2026-11-22&minPrice=0&sort=price'],
    ['days', '/?category=comedy&minPrice=0&sort=price'],
    ['price', '/?category=comedy&to=2026-11-22&sort=price'],
  ]);
  expect(narrowings({ sort: 'soonest', cursor: 'abc' })).toEqual([]);
});

it('asks the API for days at the venue, soonest first, including what others hold', () => {
  expect(apiQuery({ q: 'jazz', city: 'Köln', from: '2026-11-21', to: '2026-11-21' })).toEqual({
    q: 'jazz',
    city: 'Köln',
    fromDay: '2026-11-21',
    toDay: '2026-11-21',
    sort: 'soonest',
    held: 'include',
  });
  expect(apiQuery({ sort: 'price' })).toEqual({ sort: 'price', held: 'include' });
});
