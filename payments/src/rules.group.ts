const files = [
  './config.test',
  './domain/evidence.test',
  './domain/hints.test',
  './domain/ledger.test',
  './domain/payment.test',
  './domain/payout.test',
  './domain/settling.test',
  './index.test',
  './indexes.test',
  './sharing.test',
];
for (const file of files) describe(file, () => void jest.requireActual(file));
