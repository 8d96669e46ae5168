const files = [
  './faults.test',
  './limits.test',
  './outside.test',
  './routes.test',
  './unfinished.test',
  './waits.test',
  './webhooks.test',
];
for (const file of files) describe(file, () => void jest.requireActual(file));
