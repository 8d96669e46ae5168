const files = ['./partition.test', './restoring.test'];
for (const file of files) describe(file, () => void jest.requireActual(file));
