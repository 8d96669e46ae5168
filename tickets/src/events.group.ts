const files = ['./conflicts.test', './leaving.test', './listeners.test', './live.test', './liveHistory.test'];
for (const file of files) describe(file, () => void jest.requireActual(file));
