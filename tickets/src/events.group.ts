const files = ['./conflicts.test', './leaving.test', './listeners.test', './liveHistory.test', './majority.test'];
for (const file of files) describe(file, () => void jest.requireActual(file));
