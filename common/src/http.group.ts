const files = [
  './admission.test',
  './audit.test',
  './clock.test',
  './counts.test',
  './entrance.test',
  './ended.test',
  './exporting.test',
  './http.test',
  './mongo.test',
  './patience.test',
  './pipelining.test',
  './requests.test',
  './session.test',
  './stream.test',
  './support.test',
  './tokens.test',
];
for (const file of files) describe(file, () => void jest.requireActual(file));
