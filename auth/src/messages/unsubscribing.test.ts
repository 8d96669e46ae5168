import { anEvent, until } from '@ticketing/common/testing';
import request from 'supertest';
import { Messages, Users } from '../store';
import { refusal } from '../testing';
import { mailedAuth } from '../testing/mailbox';
import { unsubscribing } from './unsubscribing';

const served = mailedAuth();
const { auth } = served;

/** Sends what is due, once that many messages of a kind are owed. */
async function send(kind: string, count = 1) {
  await until(async () => (await Messages.countDocuments({ kind })) >= count);
  await served.sendDue();
}

/** Someone whose address is confirmed, and the welcome that they got. */
async function welcomed(email: string) {
  const person = await served.someone(email);
  expect(await auth.confirm(person.id, email)).toMatchObject({ status: 200 });
  await send('welcome');
  return { ...person, mail: await served.mailbox.received(email) };
}

/** The one-click unsubscribe URL in a mail's header. */
function oneClick(mail: Awaited<ReturnType<typeof welcomed>>['mail']): string {
  const { list } = Object.fromEntries(mail.headers) as { list?: { unsubscribe?: { url?: string } } };
  return (list?.unsubscribe?.url ?? '').replace('https://ticketing.test', '');
}
const oneClicks = (path: string) => request(auth.app).post(path).type('form').send('List-Unsubscribe=One-Click');

const isSubscribed = async (cookie: string) =>
  ((await auth.get('me', cookie).expect(200)).body as { isSubscribed: boolean }).isSubscribed;

/** Queues another welcome message for someone. */
const welcomeAgain = (id: string) =>
  auth.deliver(
    anEvent('message:owed', 1, { kind: 'welcome', about: 'again', to: id, at: new Date().toISOString(), facts: {} }),
  );

test('a confirmed address gets one welcome message, with a way to unsubscribe', async () => {
  const { id, mail } = await welcomed('ann@test.com');
  expect(mail.subject).toBe('Welcome to Ticketing');
  expect(oneClick(mail)).toMatch(/^\/api\/users\/unsubscribe\?token=/);
  expect(mail.headerLines.find(({ key }) => key === 'list-unsubscribe-post')?.line).toBe(
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
  );
  expect(mail.text).toContain('https://ticketing.test/auth/unsubscribe#token=');
  // A clickable link, which may be wrapped on a phone.
  expect(mail.html).toContain('<a href="https://ticketing.test/auth/unsubscribe#token=');
  expect(mail.html).toContain('overflow-wrap:anywhere');
  // The link identifies the account, never its address.
  const claims = Buffer.from(oneClick(mail).split('.')[1] ?? '', 'base64url').toString();
  expect(JSON.parse(claims)).toEqual({ id, aud: 'unsubscribe' });
  expect(await auth.confirm(id, 'ann@test.com')).toMatchObject({ status: 200 });
  await send('welcome');
  expect(served.mailbox.to('ann@test.com')).toHaveLength(1);
});

test('one click stops such messages, without a session, and can be repeated', async () => {
  const { id, cookie, mail } = await welcomed('bob@test.com');
  await oneClicks(oneClick(mail)).expect(200, {});
  await oneClicks(oneClick(mail)).expect(200, {});
  expect(await isSubscribed(cookie)).toBe(false);
  await welcomeAgain(id);
  await served.sendDue();
  expect(served.mailbox.to('bob@test.com')).toHaveLength(1);
  expect(await Messages.exists({ _id: /^again/ })).toBeNull();
});

test('required messages are still sent, and have no unsubscribe link', async () => {
  const { cookie, mail } = await welcomed('carl@test.com');
  await oneClicks(oneClick(mail)).expect(200);
  await auth.change(cookie, { currentPassword: 'correct horse', newPassword: 'a staple of batteries' }).expect(200);
  await send('changed');
  const owed = await served.mailbox.received('carl@test.com', 2);
  expect(owed.subject).toBe('Your password was changed');
  expect(owed.headers.has('list')).toBe(false);
  expect(owed.headerLines.filter(({ key }) => key.startsWith('list-'))).toEqual([]);
});

test('opening the link changes nothing: it leads to a page that asks', async () => {
  const { cookie, mail } = await welcomed('dora@test.com');
  const { location } = (await request(auth.app).get(oneClick(mail)).expect(303)).headers;
  expect(location).toBe(`/auth/unsubscribe#token=${oneClick(mail).split('=')[1]}`);
  expect(await isSubscribed(cookie)).toBe(true);
});

test('unsubscribing can be reversed on the account page', async () => {
  const { id, cookie, mail } = await welcomed('eve@test.com');
  const set = (body: object) => request(auth.app).put('/api/users/me/subscription').set('Cookie', cookie).send(body);
  await oneClicks(oneClick(mail)).expect(200);
  await set({ isSubscribed: true }).expect(204);
  expect(await isSubscribed(cookie)).toBe(true);
  await welcomeAgain(id);
  await send('welcome', 2);
  expect(served.mailbox.to('eve@test.com')).toHaveLength(2);
  await set({ isSubscribed: 'no' }).expect(400, refusal('subscription-unclear', 'isSubscribed'));
});

test('refuses links that are not ours', async () => {
  const { id, cookie } = await served.someone('finn@test.com');
  const forged = unsubscribing(['another key, unknown to the service'], 'https://ticketing.test').page(id);
  for (const token of ['', 'x', new URL(forged).searchParams.get('token') ?? ''])
    await oneClicks(`/api/users/unsubscribe?token=${token}`).expect(400, refusal('link-expired', 'token'));
  await oneClicks('/api/users/unsubscribe').expect(400);
  expect(await isSubscribed(cookie)).toBe(true);
});

describe('a process that dies after writing a change', () => {
  /** The next attempt to add a message fails, as if the process had died. */
  const die = () => jest.spyOn(Messages.collection, 'bulkWrite').mockRejectedValueOnce(new Error('died'));
  afterEach(() => jest.restoreAllMocks());

  test('still sends the message about a password', async () => {
    const { id, cookie } = await served.someone('gil@test.com');
    const died = die();
    await auth.change(cookie, { currentPassword: 'correct horse', newPassword: 'a staple of batteries' });
    await until(() => died.mock.calls.length > 0);
    await send('changed');
    expect((await served.mailbox.received('gil@test.com')).subject).toBe('Your password was changed');
    const isOwed = ({ subject }: { subject: string }) => subject === 'message:owed';
    await until(async () => !(await Users.findById(id))?.outbox.some(isOwed));
  });

  test('still sends the message to a former address, and the link to the new one', async () => {
    const { id, cookie } = await served.someone('hana@test.com');
    expect(await auth.confirm(id, 'hana@test.com')).toMatchObject({ status: 200 });
    let died = die();
    await auth.change(cookie, { currentPassword: 'correct horse', email: 'hana@new.com' });
    await until(() => died.mock.calls.length > 0);
    await send('move');
    await served.mailbox.received('hana@new.com');
    jest.restoreAllMocks();
    died = die();
    await auth.confirm(id, 'hana@new.com');
    await until(() => died.mock.calls.length > 0);
    await send('moved');
    const told = await until(() =>
      served.mailbox.to('hana@test.com').find(({ subject }) => /changed/.test(subject ?? '')),
    );
    expect(told.subject).toBe('Your email address was changed');
  });
});
