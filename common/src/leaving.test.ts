import type { LeaverData } from './contract';
import { Ended, EndedSessions } from './ended';
import { createLeaving, Leavers } from './leaving';
import { Outbox } from './outbox';
import { Relay } from './relay';
import { aLeaver, earOfLeavers, newId, quiet, startMongo, startNats, until } from './testing';

const [QUIET, AGAIN] = [30_000, 60_000];
let [mongo, nats, relay]: [Awaited<ReturnType<typeof startMongo>>, Awaited<ReturnType<typeof startNats>>, Relay] =
  [] as never;
let outbox: Outbox;
let heard: LeaverData[];
let ahead = 0;
const now = () => new Date(Date.now() + ahead);
beforeAll(async () => {
  [mongo, nats] = await Promise.all([startMongo(Leavers, EndedSessions), startNats()]);
  const bus = nats.bus('leaving');
  relay = new Relay(bus, [Leavers], quiet);
  outbox = new Outbox(relay);
  bus.start();
  await until(() => bus.ready);
  heard = await earOfLeavers(nats, 'user:settled');
});
afterAll(async () => {
  await relay.close();
  await nats.stop();
  await mongo.stop();
});
beforeEach(async () => {
  await mongo.clear();
  ahead = 0;
});

/** A service that is done with someone when `isDone` says so. */
const service = (isDone: (id: string) => boolean | Promise<boolean> = () => true) =>
  createLeaving(outbox, 'user:settled', async (id) => isDone(id), now);
const find = (id: string) => Leavers.findById(id).lean();
const toldOf = (id: string) => heard.filter((one) => one.id === id);

test('ends earlier sessions at once, and checks half a minute later for anything open', async () => {
  const leaver = aLeaver();
  let looks = 0;
  const { ask, check } = service(() => ++looks > 0);
  await ask([leaver]);
  const ended = new Ended();
  await ended.refresh();
  const session = { userId: leaver.id, sid: newId(), issuedAt: new Date(), expiresAt: new Date() };
  expect([0, 1].map((generation) => ended.has({ ...session, generation }))).toEqual([true, false]);
  await check();
  expect(looks).toBe(0);
  ahead = QUIET + 1_000;
  await check();
  await until(() => toldOf(leaver.id).length > 0);
  expect(toldOf(leaver.id)).toEqual([leaver]);
});

test('checks again a minute later if something is open, the check failed or its process died', async () => {
  const leaver = aLeaver();
  const answers = [() => false, () => Promise.reject(new Error('crashed')), () => true];
  const { ask, check } = service(() => answers.shift()?.() ?? false);
  await ask([leaver]);
  ahead = QUIET + 1_000;
  await check();
  await check();
  ahead += AGAIN;
  await expect(check()).rejects.toThrow('crashed');
  await check();
  expect(answers).toHaveLength(1);
  ahead += AGAIN;
  await check();
  await until(() => toldOf(leaver.id).length === 1);
});

test('is published once however many processes check; a repeated request is answered again', async () => {
  const leaver = aLeaver();
  const { ask, check } = service();
  await ask([leaver, leaver]);
  ahead = QUIET + 1_000;
  await Promise.all([check(), check(), check()]);
  await until(async () => (await find(leaver.id))?.outbox.length === 0);
  await until(() => toldOf(leaver.id).length > 0);
  expect(toldOf(leaver.id)).toHaveLength(1);
  await ask([leaver]);
  ahead += QUIET + 1_000;
  await check();
  await until(() => toldOf(leaver.id).length === 2);
});

test('a check that began before the latest request does not answer it', async () => {
  const [first, anew] = [aLeaver(), aLeaver()];
  const { id } = first;
  const others = service();
  const { ask, check } = service(async () => {
    await others.ask([{ ...anew, id, since: new Date(Date.parse(first.since) + 1).toISOString() }]);
    return true;
  });
  await ask([first]);
  ahead = QUIET + 1_000;
  await check();
  expect((await find(id))?.checkAt).not.toBeNull();
  expect((await find(id))?.outbox).toEqual([]);
});

test('an older request changes nothing, and a forgotten account is not checked', async () => {
  const leaver = aLeaver();
  const { ask, check, forget } = service();
  await ask([leaver]);
  await ask([{ ...leaver, since: new Date(0).toISOString() }, aLeaver()]);
  expect((await find(leaver.id))?.since.toISOString()).toBe(leaver.since);
  await forget([leaver.id]);
  ahead = QUIET + 1_000;
  await check();
  expect(await find(leaver.id)).toBeNull();
  expect(toldOf(leaver.id)).toEqual([]);
});
