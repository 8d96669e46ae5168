import { otherPage } from './leaving';

const here = 'https://tickets.example/orders/1?a=1#pay';

it.each([
  ['/orders', '/orders'],
  ['https://tickets.example/?q=jazz#list', '/?q=jazz#list'],
  ['/orders/1', '/orders/1'],
  ['?a=2', '/orders/1?a=2'],
])('%s leads to another page', (address, path) => {
  expect(otherPage(address, here)).toBe(path);
});

it.each(['#main', '/orders/1?a=1#else', 'https://elsewhere.example/', 'mailto:a@example.com'])(
  '%s does not',
  (address) => {
    expect(otherPage(address, here)).toBeUndefined();
  },
);
