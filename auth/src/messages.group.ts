const files = [
  './domain/messages.test',
  './messages/again.test',
  './messages/gathering.test',
  './messages/messages.test',
  './messages/provider.test',
  './messages/unsubscribing.test',
];
for (const file of files) describe(file, () => void jest.requireActual(file));
