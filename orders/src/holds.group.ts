const files = [
  './attempts.test',
  './confirm.test',
  './decide.test',
  './holds.test',
  './listeners.test',
  './majority.test',
  './live.test',
  './routes.test',
  './secondLook.test',
];
for (const file of files) describe(file, () => void jest.requireActual(file));
