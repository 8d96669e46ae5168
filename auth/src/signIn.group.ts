const files = [
  './codes.test',
  './cookies.test',
  './factorKeys.test',
  './keptSessions.test',
  './passkeys.test',
  './races.test',
  './recovery.test',
  './sessionBounds.test',
  './sessionRaces.test',
  './sessions.test',
  './twoStep.test',
  './weakKeys.test',
];
for (const file of files) describe(file, () => void jest.requireActual(file));
