import { decodeForm } from './form';

test('nested names become objects, lists become objects with indices', () => {
  const form = decodeForm(
    'amount=100&metadata[orderId]=a%26b&expand[0]=x&expand[1]=y&card[token]=tok_visa&more[]=1&more[]=2',
  );
  expect(JSON.parse(JSON.stringify(form))).toEqual({
    amount: '100',
    metadata: { orderId: 'a&b' },
    expand: { 0: 'x', 1: 'y' },
    card: { token: 'tok_visa' },
    more: { 0: '1', 1: '2' },
  });
});

test('names that are special in JavaScript are just names', () => {
  const form = decodeForm('__proto__[polluted]=1&constructor[prototype][polluted]=1&metadata[__proto__]=1');
  expect(Object.keys(form)).toEqual(['__proto__', 'constructor', 'metadata']);
  expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('polluted');
});

test('if names clash, the last one wins', () => {
  expect(decodeForm('a=1&a[b]=2').a).toEqual(Object.assign(decodeForm(''), { b: '2' }));
  expect(decodeForm('a[b]=2&a=1').a).toBe('1');
});
