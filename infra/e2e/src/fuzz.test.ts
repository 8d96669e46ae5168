import { acquaint, fuzz } from './fuzz';
import { watchRestarts } from './restarts';
import { System } from './stack';

const SEED = 20_261_125;
const REQUESTS = 3_000;

let system: System;
beforeAll(async () => (system = await System.start({ windowSeconds: 60 })));
afterAll(() => system.stop());

test(`no request makes the system fail: ${REQUESTS} requests from seed ${SEED}`, async () => {
  const known = await acquaint(system.url);
  const restarted = watchRestarts(system.data);
  expect(await fuzz(system.url, known, { requests: REQUESTS, seed: SEED })).toEqual([]);
  expect(restarted()).toEqual([]);
  await system.untilReady();
});
