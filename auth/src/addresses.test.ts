import { until } from '@ticketing/common/testing';
import type { Event } from '@ticketing/common';
import request from 'supertest';
import { Counts, Messages, Users } from './store';
import { PASSWORD, refusal } from './testing';
import { mailedAuth, tokenIn } from './testing/mailbox';

const served = mailedAuth();
const { auth, mailbox, noon, sendDue } = served;

const DAY = 86_400_000;
const EXPIRED = refusal('link-expired', 'token');
const IN_USE = refusal('email-in-use', 'email');

/** Someone whose address is confirmed; their messages so far are ignored. */
async function someone(email: string) {
  const person = await served.someone(email);
  expect((await auth.confirm(person.id, email)).status).toBe(200);
  await auth.settled();
  await Messages.deleteMany({});
  return person;
}
const change = (cookie: string, email: string) => auth.change(cookie, { currentPassword: PASSWORD, email });
const account = async (cookie: string) => (await auth.get('me', cookie).expect(200)).body as unknown;
const confirm = (token: string) => auth.post('confirm', { token });
const undo = (token: string) => auth.post('undo', { token });
async function linkTo(email: string, count = 1) {
  await sendDue();
  return tokenIn(await mailbox.received(email, count));
}
/** Moves an account to another address, and returns the link that undoes it. */
async function move(cookie: string, from: string, to: string) {
  await change(cookie, to).expect(200);
  await confirm(await linkTo(to)).expect(200);
  return linkTo(from, mailbox.to(from).length + 1);
}

test('a new address takes effect once its link is followed, and the old one is notified', async () => {
  const { id, cookie } = await someone('ann@test.com');
  await change(cookie, 'Ann@New.com').expect(200, { id, email: 'ann@test.com', pendingEmail: 'ann@new.com' });
  expect(await account(cookie)).toEqual({
    ...{ id, email: 'ann@test.com', pendingEmail: 'ann@new.com', name: null, isConfirmed: true, isSubscribed: true },
    leavingAt: null,
    role: null,
  });
  await auth.signIn('ann@new.com').expect(400);
  const token = await linkTo('ann@new.com');
  expect(mailbox.to('ann@test.com')).toEqual([]);
  await confirm(token).expect(200, { id, email: 'ann@new.com' });
  await confirm(token).expect(400, EXPIRED);
  expect(await account(cookie)).toMatchObject({ email: 'ann@new.com', pendingEmail: null, isConfirmed: true });
  await auth.signIn('ann@new.com').expect(200);
  await auth.signIn('ann@test.com').expect(400);
  const tellsOfIt = ({ subject, data }: Event) =>
    subject === 'user:updated' && 'email' in data && data.email === 'ann@new.com';
  await until(() => auth.heard.some(tellsOfIt));
  await sendDue();
  const told = await mailbox.received('ann@test.com');
  expect(told.subject).toBe('Your email address was changed');
  expect(told.text).toContain('https://ticketing.test/auth/undo#token=');
});

test('events say since when an address is confirmed', async () => {
  const { id } = await auth.signUp('ann@test.com');
  await auth.confirm(id, 'ann@test.com');
  const confirmed = await until(() =>
    auth.heard.find(({ subject, aggregateId }) => subject === 'user:updated' && aggregateId === id),
  );
  expect(confirmed.data).toMatchObject({ confirmedAt: expect.stringMatching(/^20.*Z$/) as string });
});

test('an address that was never confirmed can be corrected; its real owner is not notified and cannot undo it', async () => {
  const { id, cookie } = await auth.signUp('anm@test.com');
  await change(cookie, 'ann@test.com').expect(200);
  expect(await account(cookie)).toMatchObject({ email: 'anm@test.com', pendingEmail: 'ann@test.com' });
  await confirm(await linkTo('ann@test.com')).expect(200, { id, email: 'ann@test.com' });
  expect(await Users.findById(id).lean()).toMatchObject({ formerEmails: [], confirmedAt: expect.any(Date) as Date });
  await auth.settled();
  expect(await Messages.exists({ kind: 'moved' })).toBeNull();
});

test('a link to a new address is valid for a day', async () => {
  const { cookie } = await someone('ann@test.com');
  await change(cookie, 'ann@new.com').expect(200);
  const token = await linkTo('ann@new.com');
  auth.clock.ahead = DAY;
  await confirm(token).expect(400, EXPIRED);
});

test('the link can be sent again, and the change cancelled', async () => {
  const { cookie } = await someone('ann@test.com');
  await change(cookie, 'ann@new.com').expect(200);
  const first = await linkTo('ann@new.com');
  await auth.post('me/confirmation').set('Cookie', cookie).expect(202);
  const second = await linkTo('ann@new.com', 2);
  await confirm(first).expect(400, EXPIRED);
  await request(auth.app).delete('/api/users/me/pendingEmail').set('Cookie', cookie).expect(204);
  await confirm(second).expect(400, EXPIRED);
  expect(await account(cookie)).toMatchObject({ email: 'ann@test.com', pendingEmail: null });
  await request(auth.app).delete('/api/users/me/pendingEmail').expect(401);
});

test('a later change replaces a pending one; a new password voids it', async () => {
  const { id, cookie } = await someone('ann@test.com');
  await change(cookie, 'one@new.com').expect(200);
  await change(cookie, 'two@new.com').expect(200);
  expect((await auth.confirm(id, 'one@new.com')).status).toBe(400);
  await auth.change(cookie, { currentPassword: PASSWORD, newPassword: 'a new password' }).expect(200);
  expect((await auth.confirm(id, 'two@new.com')).status).toBe(400);
});

test('five messages an hour are sent to addresses that someone enters', async () => {
  const { cookie } = await someone('ann@test.com');
  for (let count = 0; count < 5; count++) await change(cookie, `victim${count}@new.com`).expect(200);
  await change(cookie, 'victim5@new.com').expect(429);
});

test('at most fifteen a day are sent, by one account or to one address', async () => {
  const { cookie } = await someone('ann@test.com');
  // The limits use the database's clock.
  const anHourLater = () => Counts.deleteMany({ key: /^links:/ });
  for (let count = 0; count < 15; count++) {
    if (count % 5 === 0) await anHourLater();
    await change(cookie, `victim${count % 5}@new.com`).expect(200);
  }
  await anHourLater();
  await change(cookie, 'victim5@new.com').expect(429);
  for (let count = 0; count < 12; count++) {
    const { cookie: other } = await someone(`accomplice${count}@test.com`);
    await change(other, 'victim0@new.com').expect(200);
  }
  await change((await someone('last@test.com')).cookie, 'victim0@new.com').expect(429);
});

test('of two accounts that request one address, the first to confirm it gets it', async () => {
  const [ann, bob] = [await someone('ann@test.com'), await someone('bob@test.com')];
  await change(ann.cookie, 'new@test.com').expect(200);
  await change(bob.cookie, 'new@test.com').expect(200);
  const links = [
    await auth.links.issue('confirm', ann.id, 'new@test.com'),
    await auth.links.issue('confirm', bob.id, 'new@test.com'),
  ];
  const answers = await Promise.all(links.map((token) => confirm(token)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
  expect(answers.find(({ status }) => status === 400)?.body).toEqual(IN_USE);
});

describe('undoing a change', () => {
  test('puts the former address back, and ends all sessions', async () => {
    const { id, cookie } = await someone('ann@test.com');
    const token = await move(cookie, 'ann@test.com', 'mallory@test.com');
    await undo(token).expect(200, { id, email: 'ann@test.com' });
    await until(() =>
      auth.heard.find(({ subject, data }) => subject === 'session:ended' && 'userId' in data && data.userId === id),
    );
    await auth.signIn('ann@test.com').expect(200);
    await auth.signIn('mallory@test.com').expect(400);
    await undo(token).expect(400, EXPIRED);
  });

  test('is possible for seven days', async () => {
    const { cookie } = await someone('ann@test.com');
    const token = await move(cookie, 'ann@test.com', 'mallory@test.com');
    auth.clock.ahead = 7 * DAY;
    await undo(token).expect(400, EXPIRED);
  });

  test('can be tried again after it failed', async () => {
    const { cookie } = await someone('ann@test.com');
    const token = await move(cookie, 'ann@test.com', 'mallory@test.com');
    const failing = jest.spyOn(Users.prototype, 'save').mockRejectedValue(new Error('the database is down'));
    await undo(token).expect(500);
    failing.mockRestore();
    await undo(token).expect(200);
  });

  test('undoes all later changes too, and cannot be undone by a later one', async () => {
    const { cookie } = await someone('ann@test.com');
    const first = await move(cookie, 'ann@test.com', 'mallory@test.com');
    const second = await move(cookie, 'mallory@test.com', 'trudy@test.com');
    await undo(first).expect(200);
    await undo(second).expect(400, EXPIRED);
    await auth.signIn('ann@test.com').expect(200);
  });

  test('by a thief leaves the owner their address', async () => {
    const { cookie } = await someone('ann@test.com');
    const first = await move(cookie, 'ann@test.com', 'mallory@test.com');
    await undo(await move(cookie, 'mallory@test.com', 'trudy@test.com')).expect(200);
    await undo(first).expect(200);
    await auth.signIn('ann@test.com').expect(200);
  });

  test('is not prevented by a new account with the former address', async () => {
    const { cookie } = await someone('ann@test.com');
    const token = await move(cookie, 'ann@test.com', 'mallory@test.com');
    await auth.post('signup', { email: 'Ann@test.com', password: PASSWORD }).expect(400, IN_USE);
    await undo(token).expect(200);
    await auth.signIn('ann@test.com').expect(200);
  });

  test('is not prevented by many changes', async () => {
    const { cookie } = await someone('0@test.com');
    const first = await move(cookie, '0@test.com', '1@test.com');
    const changes = Array.from({ length: 4 }, (_, at) => ({
      email: `${at}@old.com`,
      until: new Date(Date.now() + DAY),
    }));
    await Users.updateOne({}, { $push: { formerEmails: { $each: changes } } });
    await change(cookie, '2@test.com').expect(200);
    await confirm(await linkTo('2@test.com')).expect(429, refusal('address-changes-limited', undefined, { days: 7 }));
    await undo(first).expect(200);
  });
});

test('the owner of an address is notified once a day that someone tried to sign up with it', async () => {
  await someone('ann@test.com');
  noon();
  const signUp = () => auth.post('signup', { email: 'ANN@test.com', password: PASSWORD });
  for (let count = 0; count < 3; count++) await signUp().expect(400, IN_USE);
  await sendDue();
  expect(mailbox.to('ann@test.com').map(({ subject }) => subject)).toEqual(['You already have an account']);
  auth.clock.ahead += DAY;
  await signUp().expect(400, IN_USE);
  await sendDue();
  expect(mailbox.to('ann@test.com')).toHaveLength(2);
});

test('a message to a new address is in the language of the account', async () => {
  const { cookie } = await someone('ann@test.com');
  await auth.signIn('ann@test.com').set('Cookie', 'language=de').expect(200);
  await Messages.deleteMany({});
  await move(cookie, 'ann@test.com', 'ann@neu.de');
  expect(mailbox.mails.map(({ subject }) => subject)).toEqual([
    'Bestätige deine neue E-Mail-Adresse',
    'Die E-Mail-Adresse deines Kontos wurde geändert',
  ]);
});
