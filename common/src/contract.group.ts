const files = [
  './builtins.test',
  './config.test',
  './contract/calendar.test',
  './contract/delivery.test',
  './contract/email.test',
  './contract/fields.test',
  './contract/money.test',
  './contract/text.test',
  './errors.test',
  './network.test',
  './places.test',
];
for (const file of files) describe(file, () => void jest.requireActual(file));
