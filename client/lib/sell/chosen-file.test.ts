import { MAX_DELIVERY } from '@ticketing/common/contract';
import { formatSize, keepUpload, keptUpload, kindOf, refusalOf } from './chosen-file';

const bytes = (...values: number[]) => new Blob([new Uint8Array([...values, 1, 2, 3, 4, 5, 6, 7, 8])]);

it.each([
  ['pdf', new Blob(['%PDF-1.7\n'])],
  ['image', bytes(0x89, 0x50, 0x4e, 0x47)],
  ['image', bytes(0xff, 0xd8, 0xff)],
  ['pass', bytes(0x50, 0x4b, 3, 4)],
  [undefined, new Blob(['<svg onload=alert(1)>'], { type: 'image/png' })],
  [undefined, new Blob([])],
])('recognizes a file by its bytes: %s', async (kind, file) => {
  await expect(kindOf(file)).resolves.toBe(kind);
});

it('rejects what the API would reject, before sending it', async () => {
  await expect(refusalOf(new Blob([]))).resolves.toBe('upload-size');
  await expect(refusalOf(new Blob(['%PDF-', new Uint8Array(MAX_DELIVERY - 4)]))).resolves.toBe('upload-size');
  await expect(refusalOf(new Blob(['%PDF-', new Uint8Array(MAX_DELIVERY - 5)]))).resolves.toBeUndefined();
  await expect(refusalOf(new Blob(['<html>']))).resolves.toBe('file-unknown');
});

it('formats sizes', () => {
  expect(formatSize(340_200, 'en-US')).toBe('341 kB');
  expect(formatSize(1_240_000, 'de-DE')).toBe('1,2 MB');
});

describe('an unfinished upload', () => {
  const file = (name: string, lastModified = 1) => new File(['x'], name, { lastModified });
  const store = new Map<string, string>();
  beforeEach(() => {
    store.clear();
    Object.assign(globalThis, {
      sessionStorage: { getItem: (key: string) => store.get(key) ?? null, setItem: store.set.bind(store) },
    });
  });
  afterEach(() => void Reflect.deleteProperty(globalThis, 'sessionStorage'));

  it('is resumed only by the same file for the same listing', () => {
    keepUpload('t', 'u', file('a.pdf'));
    expect(keptUpload('t', file('a.pdf'))).toBe('u');
    expect(keptUpload('t', file('a.pdf', 2))).toBeUndefined();
    expect(keptUpload('t', file('b.pdf'))).toBeUndefined();
    expect(keptUpload('other', file('a.pdf'))).toBeUndefined();
  });

  it('starts over if storage is blocked or contains something else', () => {
    store.set('upload t', '{');
    expect(keptUpload('t', file('a.pdf'))).toBeUndefined();
    Reflect.deleteProperty(globalThis, 'sessionStorage');
    keepUpload('t', 'u', file('a.pdf'));
    expect(keptUpload('t', file('a.pdf'))).toBeUndefined();
  });
});
