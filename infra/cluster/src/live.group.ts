const files = [
  './live/checklist.test',
  './live/entrance.test',
  './live/eventStream.test',
  './live/images.test',
  './live/overlay.test',
  './live/persistence.test',
];
for (const file of files) describe(file, () => void jest.requireActual(file));
