import { fuzz } from './fuzz';
import { Person } from './people';
import { System } from './stack';

const SEED = 20_261_125;
const REQUESTS = 3_000;

let system: System;
beforeAll(async () => (system = await System.start({ windowSeconds: 60 })), 300_000);
afterAll(() => system.stop());

test(`nothing that is sent is a fault of ours: ${REQUESTS} requests of seed ${SEED}`, async () => {
  const [seller, buyer] = await Promise.all([Person.signUp(system.url), Person.signUp(system.url)]);
  const ticket = await seller.list('Fuzz', 10);
  const { id } = await seller.list('Fuzz, held', 10).then((held) => buyer.hold(held.id));
  const before = system.processes();
  const known = { cookies: [seller.session, buyer.session], ids: [ticket.id, id] };
  expect(await fuzz(system.url, known, { requests: REQUESTS, seed: SEED })).toEqual([]);
  expect(system.processes()).toEqual(before);
  await system.untilReady();
}, 600_000);
