const files = [
  './domain/codes.test',
  './domain/contacts.test',
  './domain/delivery.test',
  './domain/facets.test',
  './domain/search.test',
  './domain/seats.test',
  './domain/ticket.test',
  './domain/words.test',
];
for (const file of files) describe(file, () => void jest.requireActual(file));
