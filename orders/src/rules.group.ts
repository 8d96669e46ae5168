const files = [
  './domain/chain.test',
  './domain/hold.test',
  './domain/order.test',
  './domain/sale.test',
  './upgrade.test',
];
for (const file of files) describe(file, () => void jest.requireActual(file));
