const files = [
  './demo/priceIn.test',
  './groups.test',
  './guard.test',
  './lock.test',
  './parts/services.test',
  './ports.test',
  './proxy/drain.test',
  './proxy/entrance.test',
  './proxy/proxy.test',
  './proxy/upgrade.test',
  './reporter.test',
  './run.test',
  './servers/download.test',
  './servers/find.test',
  './servers/go.test',
];
for (const file of files) describe(file, () => void jest.requireActual(file));
