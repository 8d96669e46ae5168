const files = [
  './audit.test',
  './debts.test',
  './disputes.test',
  './leaving.test',
  './left.test',
  './majority.test',
  './payouts.test',
  './sellers.test',
  './settlement.test',
  './support.test',
];
for (const file of files) describe(file, () => void jest.requireActual(file));
