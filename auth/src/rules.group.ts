const files = [
  './domain/address.test',
  './domain/browser.test',
  './domain/desk.test',
  './domain/password.test',
  './domain/user.test',
  './index.test',
  './partition.test',
  './staff.test',
  './support.test',
  './supportPlans.test',
];
for (const file of files) describe(file, () => void jest.requireActual(file));
