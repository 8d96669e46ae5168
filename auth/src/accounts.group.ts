const files = [
  './addresses.test',
  './badinput.test',
  './leaving.test',
  './limits.test',
  './log.test',
  './majority.test',
  './plans.test',
  './profiles.test',
  './routes.test',
  './signups.test',
];
for (const file of files) describe(file, () => void jest.requireActual(file));
