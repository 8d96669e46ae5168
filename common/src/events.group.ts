const files = [
  './batcher.test',
  './bus.test',
  './consumer.test',
  './contract/envelope.test',
  './copy.test',
  './deadletters.test',
  './leaving.test',
  './majority.test',
  './relay.test',
  './republish.test',
  './testing.test',
  './turns.test',
  './unreadable.test',
];
for (const file of files) describe(file, () => void jest.requireActual(file));
