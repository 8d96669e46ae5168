const files = ['./partition.test', './restoring.test', './service.test'];
for (const file of files) describe(file, () => void jest.requireActual(file));
