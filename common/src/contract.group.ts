const files = [
  './builtins.test',
  './config.test',
  './contract/calendar.test',
  './contract/delivery.test',
  './contract/email.test',
  './contract/fields.test',
  './contract/links.test',
  './contract/money.test',
  './contract/network.test',
  './contract/text.test',
  './described.test',
  './errors.test',
  './recent.test',
  './contract/places.test',
];
for (const file of files) describe(file, () => void jest.requireActual(file));
