import type { ExportBody, UserData } from '@ticketing/common';
import { anEvent, newId, unexported, until } from '@ticketing/common/testing';
import { unnamed } from './exports';
import type { createChanges } from './changes';
import { createLeaving } from './leaving';
import { addressesOf } from './leavingStore';
import { snapshot } from './snapshot';
import { Counts, Links, Messages, Sessions, Users, type StoredUser } from './store';
import { PASSWORD, startAuth } from './testing';
import { Browser, expectRefused } from './testing/factors';

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => {
  auth = await startAuth();
});
afterAll(() => auth.stop());
beforeEach(() => auth.clear());
afterEach(() => void (auth.clock.ahead = 0));

const EMAIL = 'ann.gone@test.com';

/** Someone with a session, and their id. */
async function someone(email = EMAIL) {
  const browser = new Browser(auth);
  const { body } = await browser.signUp(email);
  return { browser, id: (body as { id: string }).id };
}
const leave = (browser: Browser) => browser.send('delete', 'me');
const heardOf = (id: string, subject: string) =>
  auth.heard.filter((event) => event.subject === subject && event.aggregateId === id);
const leavingOf = async (id: string) => (await Users.findById(id).lean())?.leavingAt?.toISOString() ?? '';
/** Reports that all other services are done with them. */
const paid = async (id: string, since: string) => auth.deliver(anEvent('user:paid', 1, { id, since, generation: 1 }));

/** Waits until NATS has all of an account's events. */
const sent = (id: string) => until(async () => (await Users.findById(id).lean())?.outbox.length === 0);

/** Someone who has left, and whose account is deleted. */
async function gone(email = EMAIL) {
  const left = await someone(email);
  await leave(left.browser);
  await paid(left.id, await leavingOf(left.id));
  await until(() => heardOf(left.id, 'user:deleted').length > 0);
  return left;
}

test('leaving requires a proof, and ends all sessions except the caller’s', async () => {
  const { browser, id } = await someone();
  const other = new Browser(auth);
  await other.signIn(EMAIL);
  auth.clock.ahead = 3_600_000;
  expectRefused(await leave(browser), 'proof-required');
  await browser.prove();
  const answer = await leave(browser);
  expect([answer.status, answer.body]).toEqual([202, { leavingAt: await leavingOf(id) }]);
  expect([await browser.isIn(), await other.isIn()]).toEqual([true, false]);
  expect((await browser.send('get', 'me')).body).toMatchObject({ leavingAt: await leavingOf(id) });
  await until(() => heardOf(id, 'user:updated').length === 1);
  const [told] = heardOf(id, 'user:updated');
  expect((told?.data as UserData).leaving).toEqual({ since: await leavingOf(id), generation: 1 });
  await until(() => Messages.exists({ to: id, kind: 'changed', 'facts.news.what': 'leaving' }));
});

test('leaving again changes nothing; later sessions show it too', async () => {
  const { browser, id } = await someone();
  const first = await leave(browser);
  const again = await leave(browser);
  expect(again.body).toEqual(first.body);
  expect(await Users.findById(id).lean()).toMatchObject({ generation: 1 });
  const later = new Browser(auth);
  await later.signIn(EMAIL);
  expect(isLeaving(browser)).toBe(true);
  expect(isLeaving(later)).toBe(true);
});

const isLeaving = ({ cookies }: Browser) => {
  const { jwt } = JSON.parse(Buffer.from(/session=([^;]+)/.exec(cookies)?.[1] ?? '', 'base64').toString()) as {
    jwt: string;
  };
  return (JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as { lvg?: 1 }).lvg === 1;
};

test('someone who stays is not deleted by earlier events; leaving again counts from then', async () => {
  const { browser, id } = await someone();
  await leave(browser);
  const since = await leavingOf(id);
  expect((await browser.send('delete', 'me/leaving')).status).toBe(204);
  expect((await browser.send('delete', 'me/leaving')).status).toBe(204);
  expect(isLeaving(browser)).toBe(false);
  await paid(id, since);
  expect(await browser.isIn()).toBe(true);
  await until(() => heardOf(id, 'user:updated').length === 2);
  expect(heardOf(id, 'user:updated').map(({ data }) => (data as UserData).leaving !== undefined)).toEqual([
    true,
    false,
  ]);
  auth.clock.ahead = 1_000;
  await leave(browser);
  await paid(id, since);
  expect(await browser.isIn()).toBe(true);
  await paid(id, await leavingOf(id));
  expect(await browser.isIn()).toBe(false);
});

test('nothing remains of a deleted account except its id: no address, name, session, message, link or count', async () => {
  const { browser, id } = await someone();
  await Users.updateOne({ _id: id }, { $set: { confirmedAt: new Date() } });
  await browser.send('put', 'me/name', { name: 'Ann Gone' });
  await browser.send('put', 'me', { currentPassword: PASSWORD, email: 'ann.moved@test.com' });
  await auth.post('forgot', { email: EMAIL }).expect(202);
  await auth.signIn(EMAIL, 'wrong password').expect(400);
  await auth.links.issue('confirm', id, EMAIL);
  await auth.settled();
  const before = await Users.findById(id).lean<StoredUser>();
  expect(before && addressesOf(before, new Date())).toEqual([EMAIL]);
  await leave(browser);
  await auth.settled();
  await paid(id, await leavingOf(id));
  await until(async () => !(await Messages.exists({ to: id })) && !(await Sessions.exists({ userId: id })));
  await until(async () => (await Users.findById(id).lean())?.outbox.length === 0);
  const left = await Promise.all(
    [Users, Sessions, Messages, Links, Counts].map((each) => each.collection.find().toArray()),
  );
  expect(JSON.stringify(left)).not.toMatch(/ann|Gone/i);
  expect(Object.keys(left[0]?.[0] ?? {}).sort()).toEqual([
    ...[
      '_id',
      'deletedAt',
      'email',
      'generation',
      'leavingToldAt',
      'outbox',
      'passwordHash',
      'sessionsEndedAt',
      'version',
    ],
  ]);
});

test('nor of one whose address was never confirmed: its messages are deleted too', async () => {
  const { browser, id } = await someone();
  await auth.post('forgot', { email: EMAIL }).expect(202);
  await auth.signIn(EMAIL, 'wrong password').expect(400);
  expect(await Messages.exists({ to: EMAIL })).not.toBeNull();
  await leave(browser);
  await paid(id, await leavingOf(id));
  await until(() => heardOf(id, 'user:deleted').length > 0);
  const left = await Promise.all([Users, Messages, Links, Counts].map((each) => each.collection.find({}).toArray()));
  expect(JSON.stringify(left.flat().map((found) => ({ ...found, outbox: [] })))).not.toContain(EMAIL);
});

test('a frozen account is not deleted before it is unfrozen', async () => {
  const { browser, id } = await someone();
  await leave(browser);
  const since = await leavingOf(id);
  await Users.updateOne({ _id: id }, { $set: { frozenAt: new Date() } });
  await paid(id, since);
  expect(await Users.findById(id).lean()).toMatchObject({ email: EMAIL });
  await Users.updateOne({ _id: id }, { $set: { frozenAt: null } });
  await paid(id, since);
  await until(() => heardOf(id, 'user:deleted').length > 0);
});

test('the address of a deleted account can open a new one, which old sessions, links and messages do not reach', async () => {
  const { browser, id } = await gone();
  expect(await browser.isIn()).toBe(false);
  await auth.get(id).expect(404);
  await auth.signIn(EMAIL).expect(400);
  const anew = await someone();
  expect(anew.id).not.toBe(id);
  expect(await anew.browser.isIn()).toBe(true);
  await paid(id, new Date().toISOString());
  await gone('another@test.com');
});

test("a deleted account's events say only that it is deleted", async () => {
  const { id } = await gone();
  const user = await Users.findById(id).lean<StoredUser>();
  expect(user && snapshot(user).map(({ subject }) => subject)).toEqual(['user:deleted', 'session:ended']);
  expect(heardOf(id, 'user:deleted').at(-1)?.version).toBe(user?.version);
});

test('a leaver is republished after an hour, not before', async () => {
  const { browser, id } = await someone();
  await leave(browser);
  await until(() => heardOf(id, 'user:updated').length === 1);
  const { tellAgain } = auth.leaving;
  await tellAgain();
  await sent(id);
  auth.clock.ahead = 3_601_000;
  await Promise.all([tellAgain(), tellAgain()]);
  await until(() => heardOf(id, 'user:updated').length === 2);
  const [first, second] = heardOf(id, 'user:updated');
  expect(second?.data).toEqual(first?.data);
});

test('a leaver that cannot be republished does not keep the others from it', async () => {
  const [broken, other] = [await someone(), await someone('bob@test.com')];
  for (const { browser } of [broken, other]) await leave(browser);
  await until(() => heardOf(other.id, 'user:updated').length === 1);
  for (const { id } of [broken, other]) await sent(id);
  await Users.updateOne({ _id: broken.id }, { $set: { generation: -1, leavingToldAt: new Date(0) } });
  auth.clock.ahead = 3_601_000;
  await expect(auth.leaving.tellAgain()).rejects.toThrow();
  await until(() => heardOf(other.id, 'user:updated').length === 2);
});

test('while NATS is down nothing more is added for a leaver; afterwards they are republished', async () => {
  const { browser, id } = await someone();
  await leave(browser);
  await until(() => heardOf(id, 'user:updated').length === 1);
  await sent(id);
  const unsent = { id: 'an event that is not sent yet' } as never;
  await Users.updateOne({ _id: id }, { $push: { outbox: unsent } });
  auth.clock.ahead = 3_601_000;
  await auth.leaving.tellAgain();
  expect((await Users.findById(id).lean())?.outbox).toHaveLength(1);
  await Users.updateOne({ _id: id }, { $pull: { outbox: unsent } });
  await auth.leaving.tellAgain();
  await until(() => heardOf(id, 'user:updated').length === 2);
});

test('that an account is deleted is told once more an hour later', async () => {
  const { id } = await gone();
  await auth.leaving.tellAgain();
  await sent(id);
  auth.clock.ahead = 3_601_000;
  await auth.leaving.tellAgain();
  await auth.leaving.tellAgain();
  await auth.settled();
  await until(() => heardOf(id, 'user:deleted').length > 1);
  expect(heardOf(id, 'user:deleted').map(({ data }) => data)).toEqual(
    [1, 2].map(() => heardOf(id, 'user:deleted')[0]?.data),
  );
  expect(await Users.findById(id).lean()).not.toHaveProperty('leavingToldAt');
});

test('an export has everything but secrets, and each new field is in it or left out for a reason', async () => {
  expect(unexported(auth.leaving.held, unnamed)).toEqual([]);
  const { browser, id } = await someone();
  await browser.addPasskey('My key');
  await browser.addApp();
  await auth.settled();
  await auth.links.issue('confirm', id, EMAIL);
  await someone('bob@test.com');
  const { body, headers } = await browser.send('get', 'me/export');
  expect(headers).toMatchObject({
    'content-disposition': 'attachment; filename="ticketing-auth.json"',
    'cache-control': 'no-store',
  });
  const { account, sessions, messages, links } = body as ExportBody;
  expect(account).toMatchObject([{ id, email: EMAIL, passkeys: [{ name: 'My key' }] }]);
  expect(sessions).toMatchObject([{ browser: null, network: expect.any(String) }, {}].slice(0, sessions?.length));
  expect(messages?.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['confirm', 'changed']));
  expect(links).toMatchObject([{ kind: 'confirm', email: EMAIL }]);
  expect(JSON.stringify(body)).not.toMatch(/bob|argon|hash|secret|publicKey|credential/i);
});

test("an export has no messages to an address that was given up longer ago than that can be undone, by the database's time", async () => {
  const { browser, id } = await someone();
  const until = new Date(Date.now() + 60_000);
  await Users.updateOne({ _id: id }, { $set: { formerEmails: [{ email: 'former@test.com', until }] } });
  await Messages.create({ _id: newId(), kind: 'changed', to: 'former@test.com', owedAt: new Date() });
  const isShown = async () =>
    ((await browser.send('get', 'me/export')).body as ExportBody).messages?.some(({ to }) => to === 'former@test.com');
  expect(await isShown()).toBe(true);
  auth.clock.ahead = 120_000;
  expect(await isShown()).toBe(false);
});

test('an export can be requested ten times an hour', async () => {
  const { browser } = await someone();
  for (let left = 10; left > 0; left--) expect((await browser.send('get', 'me/export')).status).toBe(200);
  const refused = await browser.send('get', 'me/export');
  expectRefused(refused, 'too-many-exports');
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  await auth.get('me/export').expect(401);
});

test('after a crash between erasing and deleting, both are repeated', async () => {
  const { browser, id } = await someone();
  await leave(browser);
  const since = await leavingOf(id);
  const outbox = { commit: () => Promise.reject(new Error('crashed')) } as never;
  const broken = createLeaving(outbox, {} as ReturnType<typeof createChanges>, String, () => new Date());
  await expect(broken.finish({ id, since, generation: 1 }, { trace: newId() })).rejects.toThrow('crashed');
  expect(await browser.isIn()).toBe(true);
  await paid(id, since);
  expect(await browser.isIn()).toBe(false);
});
