import { keyedHash, sealing } from './sealing';

const content = Buffer.from('a ticket');

test('an older key still opens what it sealed', () => {
  const sealed = sealing(['old']).seal(content, 'a listing');
  expect(sealing(['new', 'old']).open(sealed, 'a listing')).toEqual(content);
  expect(() => sealing(['new']).open(sealed, 'a listing')).toThrow('DELIVERY_KEY');
  expect(sealing(['new']).open(sealing(['new', 'old']).seal(content, 'a listing'), 'a listing')).toEqual(content);
});

test('sealed content reveals nothing, is never the same twice, and opens only unchanged and in its place', () => {
  const { seal, open } = sealing(['key']);
  const sealed = seal(content, 'a listing');
  expect(sealed.includes(content)).toBe(false);
  expect(seal(content, 'a listing')).not.toEqual(sealed);
  expect(() => open(sealed, 'another')).toThrow();
  sealed.writeUInt8(sealed.readUInt8(14) ^ 1, 14);
  expect(() => open(sealed, 'a listing')).toThrow();
});

test('a hash depends on its key and its kind', () => {
  const hashOf = (secret: string, kind: string, ...parts: string[]) =>
    parts.reduce((hash, part) => hash.update(part), keyedHash(secret)(kind)).digest();
  expect(hashOf('one', 'code', 'xy')).not.toBe(hashOf('two', 'code', 'xy'));
  expect(hashOf('one', 'code', 'xy')).not.toBe(hashOf('one', 'content', 'xy'));
  expect(hashOf('one', 'code', 'x', 'y')).toBe(hashOf('one', 'code', 'xy'));
});
