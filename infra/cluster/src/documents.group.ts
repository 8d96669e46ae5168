const files = [
  './affected.test',
  './compose.test',
  './habits.test',
  './license.test',
  './mutants.test',
  './pins.test',
  './security.absent.test',
  './security.documents.test',
  './security.table.test',
  './services.test',
  './workflows.test',
];
for (const file of files) describe(file, () => void jest.requireActual(file));
