const files = [
  './delivery.cheats.test',
  './delivery.crash.test',
  './delivery.places.test',
  './delivery.races.test',
  './delivery.reading.test',
  './delivery.roles.test',
  './delivery.room.test',
  './delivery.routes.test',
  './log.test',
  './poison.test',
  './sealing.test',
];
for (const file of files) describe(file, () => void jest.requireActual(file));
