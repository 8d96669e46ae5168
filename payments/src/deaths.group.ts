const files = ['./anyOrder.test', './recovery.test'];
for (const file of files) describe(file, () => void jest.requireActual(file));
