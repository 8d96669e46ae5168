import { priceIn } from './priceIn';

test.each([
  ['dollars', { price: 49.5, decimals: 2 }, ['42.00', '18.50', '107.31']],
  ['yen', { price: 4_950, decimals: 0 }, ['4200', '1850', '10731']],
  ['Kuwaiti dinars', { price: 4.95, decimals: 2 }, ['4.20', '1.85', '10.73']],
  ['forints', { price: 17_325, decimals: 2 }, ['14700.00', '6475.00', '37558.50']],
])("the demo's prices in %s have its decimals", (_currency, pricing, expected) => {
  expect(['42.00', '18.50', '107.31'].map((price) => priceIn(pricing, price))).toEqual(expected);
});
