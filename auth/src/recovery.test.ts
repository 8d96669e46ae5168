import { setClockAhead, until } from '@ticketing/common/testing';
import { Links, Messages, Users } from './store';
import { cookieIn, PASSWORD, refusal } from './testing';
import { mailedAuth, tokenIn } from './testing/mailbox';

const served = mailedAuth();
const { auth, mailbox, sendDue } = served;

const MINUTE = 60_000;
const NEW = 'a staple of batteries';
const EXPIRED = refusal('link-expired', 'token');

const someone = (email: string) => served.someone(email);
const forgot = (email: string, network = '10.0.0.1') => auth.post('forgot', { email }).set('X-Forwarded-For', network);
const reset = (token: string, password = NEW, network = '10.0.0.1') =>
  auth.post('reset', { token, password }).set('X-Forwarded-For', network);
async function linkFor(email: string, count = 1) {
  await forgot(email).expect(202, {});
  await sendDue();
  const links = () => mailbox.to(email.toLowerCase()).filter(({ text = '' }) => text.includes('/auth/reset'));
  return tokenIn(await until(() => links()[count - 1]));
}

test('the link sets a new password, and the owner is notified', async () => {
  const { id } = await someone('ann@test.com');
  const token = await linkFor('Ann@Test.com');
  expect(mailbox.to('ann@test.com')[0]?.text).toContain('https://ticketing.test/auth/reset#token=');
  await reset(token).expect(200, { id, email: 'ann@test.com' });
  await until(() =>
    auth.heard.find(({ subject, data }) => subject === 'session:ended' && 'userId' in data && data.userId === id),
  );
  await auth.signIn('ann@test.com', PASSWORD).expect(400);
  const { body } = await auth.get('me', cookieIn(await auth.signIn('ann@test.com', NEW).expect(200)));
  // Reading a message there has proved that the address is theirs.
  expect(body).toMatchObject({ isConfirmed: true });
  await sendDue();
  const subjects = mailbox.to('ann@test.com').map(({ subject }) => subject);
  expect(subjects).toEqual(expect.arrayContaining(['Your password was changed', 'Welcome to Ticketing']));
});

test('a link is valid once, for 30 minutes, and only the last one', async () => {
  await someone('ann@test.com');
  const first = await linkFor('ann@test.com');
  const second = await linkFor('ann@test.com', 2);
  await reset(first).expect(400, EXPIRED);
  auth.clock.ahead = 29 * MINUTE;
  await reset(second).expect(200);
  await reset(second, 'yet another one').expect(400, EXPIRED);
  const third = await linkFor('ann@test.com', 3);
  auth.clock.ahead += 30 * MINUTE;
  await reset(third).expect(400, EXPIRED);
  await auth.signIn('ann@test.com', NEW).expect(200);
});

test('of ten concurrent uses of a link, one sets its password', async () => {
  await someone('ann@test.com');
  const token = await linkFor('ann@test.com');
  const passwords = Array.from({ length: 10 }, (_, at) => `a password ${at}`);
  const answers = await Promise.all(passwords.map((password) => reset(token, password)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  await auth.signIn('ann@test.com', passwords[answers.findIndex(({ status }) => status === 200)]).expect(200);
});

test('a password that is refused does not use up the link', async () => {
  await someone('ann.miller@test.com');
  const token = await linkFor('ann.miller@test.com');
  await reset(token, 'short').expect(400, refusal('password-length', 'password', { min: 8, max: 128 }));
  await reset(token, 'PassWord').expect(400, refusal('password-common', 'password'));
  await reset(token, 'ann.miller').expect(400, refusal('password-guessable', 'password'));
  await reset(token).expect(200);
});

test('a failure does not use up the link, and a used link does nothing', async () => {
  await someone('ann@test.com');
  const token = await linkFor('ann@test.com');
  const failing = jest.spyOn(Users.prototype, 'save').mockRejectedValue(new Error('the database is down'));
  await reset(token).expect(500);
  failing.mockRestore();
  // Dies once the password is written, before the link is used up.
  const dying = jest.spyOn(Links.collection, 'findOneAndDelete').mockRejectedValueOnce(new Error('killed'));
  await reset(token).expect(500);
  dying.mockRestore();
  await auth.signIn('ann@test.com', NEW).expect(200);
  await reset(token, 'somebody elses').expect(400, EXPIRED);
  await auth.signIn('ann@test.com', NEW).expect(200);
});

test('only the hash of a link is stored', async () => {
  await someone('ann@test.com');
  const token = await linkFor('ann@test.com');
  expect(await Links.countDocuments({ kind: 'reset' })).toBe(1);
  expect(JSON.stringify(await Links.find().lean()) + JSON.stringify(await Messages.find().lean())).not.toContain(token);
});

test('a link is valid only for its own purpose', async () => {
  const { id } = await someone('ann@test.com');
  await reset(await auth.links.issue('confirm', id, 'ann@test.com')).expect(400, EXPIRED);
  const confirm = { token: await auth.links.issue('reset', id, 'ann@test.com') };
  await auth.post('confirm', confirm).expect(400, EXPIRED);
});

test('a link to an address that an account no longer has sets no password', async () => {
  const { id } = await someone('ann@test.com');
  await reset(await auth.links.issue('reset', id, 'former@test.com')).expect(400, EXPIRED);
  await auth.signIn('ann@test.com').expect(200);
});

test('known and unknown addresses get the same response, before anything is looked up', async () => {
  await someone('ann@test.com');
  const find = jest.spyOn(Users, 'find');
  const answers = [await forgot('ann@test.com'), await forgot('nobody@test.com')];
  const asked = find.mock.calls.length;
  find.mockRestore();
  expect(asked).toBe(0);
  const [known, unknown] = answers.map(({ status, body, headers }) => ({
    ...{ status, body: body as unknown },
    headers: Object.keys(headers),
  }));
  expect(known).toEqual(unknown);
  expect((await Messages.find().lean()).map(({ kind, to }) => [kind, to])).toEqual([
    ['reset', 'ann@test.com'],
    ['reset', 'nobody@test.com'],
  ]);
  await sendDue();
  expect(mailbox.mails.map(({ to }) => [to].flat()[0]?.text)).toEqual(['ann@test.com']);
  expect(await Messages.countDocuments({ to: 'nobody@test.com' })).toBe(0);
});

test('limits links per hour, by address, known or not, and by network', async () => {
  await someone('ann@test.com');
  for (const email of ['ann@test.com', 'nobody@test.com']) {
    for (let count = 0; count < 5; count++) await forgot(email, `10.1.0.${count}`).expect(202);
    await forgot(email, '10.1.0.9').expect(429, refusal('too-many-links', undefined, { minutes: 60 }));
  }
  for (let count = 0; count < 20; count++) await forgot(`someone${count}@test.com`).expect(202);
  await forgot('bob@test.com').expect(429);
  // Refused requests used up nobody's links.
  for (let count = 0; count < 5; count++) await forgot('bob@test.com').expect(429);
  await forgot('bob@test.com', '10.0.0.2').expect(202);
});

test('someone locked out by wrong passwords can sign in after a reset', async () => {
  await someone('ann@test.com');
  for (let failure = 0; failure < 10; failure++) await auth.signIn('ann@test.com', 'wrong').expect(400);
  await auth.signIn('ann@test.com').expect(429);
  const device = cookieIn(await reset(await linkFor('ann@test.com')).expect(200), ['device']);
  await auth.signIn('ann@test.com', NEW).set('Cookie', device).expect(200);
  await auth.signIn('ann@test.com', NEW).expect(429);
});

test("after a reset, a thief's browser is no longer a known device; the one that did the reset is", async () => {
  const { id } = await someone('ann@test.com');
  const thief = cookieIn(await auth.signIn('ann@test.com').expect(200), ['device']);
  const own = cookieIn(await reset(await linkFor('ann@test.com')).expect(200), ['device']);
  await Messages.deleteMany({});
  const enter = (device: string) => auth.signIn('ann@test.com', NEW).set('Cookie', device).expect(200);
  const told = () => Messages.countDocuments({ to: id, kind: 'device' });
  await enter(own);
  expect(await told()).toBe(0);
  await enter(thief);
  expect(await told()).toBe(1);
  // Its failures count as a stranger's.
  const guess = () => auth.signIn('ann@test.com', 'wrong').set('Cookie', thief);
  for (let failure = 0; failure < 10; failure++) await guess().expect(400);
  await auth.signIn('ann@test.com', NEW).expect(429);
  await enter(own);
});

test('nor is it one if the clock of the machine that it signed in at was fast', async () => {
  const { id } = await someone('ann@test.com');
  const setBack = setClockAhead(3_600_000);
  auth.clock.ahead = -3_600_000;
  const thief = cookieIn(await auth.signIn('ann@test.com').expect(200), ['device']);
  setBack();
  auth.clock.ahead = 0;
  await reset(await linkFor('ann@test.com')).expect(200);
  await Messages.deleteMany({});
  await auth.signIn('ann@test.com', NEW).set('Cookie', thief).expect(200);
  expect(await Messages.countDocuments({ to: id, kind: 'device' })).toBe(1);
});

test('a reset voids a pending address', async () => {
  const { id, cookie } = await someone('ann@test.com');
  await auth.confirm(id, 'ann@test.com');
  await auth.change(cookie, { currentPassword: PASSWORD, email: 'mallory@test.com' }).expect(200);
  const link = await linkFor('ann@test.com');
  // Whatever was sent before has its links by now: the last one is the one that is valid.
  const stolen = await auth.links.issue('confirm', id, 'mallory@test.com');
  await reset(link).expect(200);
  await auth.post('confirm', { token: stolen }).expect(400, EXPIRED);
});

test('a network may try thirty invalid links, and a hundred guesses find nothing', async () => {
  await someone('ann@test.com');
  const token = await linkFor('ann@test.com');
  const guess = (at: number) => `${token.slice(0, -5)}${String(at).padStart(5, '0')}`;
  const tried = Array.from({ length: 40 }, (_, at) => reset(guess(at), NEW, '10.2.0.1'));
  const answers = (await Promise.all(tried)).map(({ status }) => status);
  expect([400, 429].map((status) => answers.filter((one) => one === status).length)).toEqual([30, 10]);
  await reset(token, NEW, '10.2.0.1').expect(429, refusal('too-many-links', undefined, { minutes: 15 }));
  // What requests from elsewhere would query.
  const found = await Promise.all(Array.from({ length: 100 }, (_, at) => auth.links.take('reset', guess(at))));
  expect(found.filter(Boolean)).toEqual([]);
  await auth.signIn('ann@test.com').expect(200);
  await reset(token).expect(200);
});
