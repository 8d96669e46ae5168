import { readAudit, type MessageBody, type MessageData, type PeopleQueueBody } from '@ticketing/common';
import { aHold, anEvent, deskCookieOf, newId, until } from '@ticketing/common/testing';
import request from 'supertest';
import { Messages } from '../store';
import { refusal } from '../testing';
import { mailedAuth, tokenIn } from '../testing/mailbox';

const [MINUTE, HOUR] = [60_000, 3_600_000];

const served = mailedAuth();
const { auth, mailbox, sendDue } = served;

const desk = deskCookieOf();
const list = async (query: string) =>
  (await auth.get(`support/messages?${query}`, desk).expect(200)).body as MessageBody[];
const send = (id: string, cookie = desk) =>
  request(auth.app).post('/api/users/support/messages/send').set('Cookie', cookie).send({ id, reason: 'it was lost' });
const queue = async () => (await auth.get('support/queue', desk).expect(200)).body as PeopleQueueBody;
const told = (about: string) =>
  auth.heard.flatMap(({ subject, data }) =>
    subject === 'message:sent' && (data as MessageData).about === about ? [data as MessageData] : [],
  );

/** A sold ticket, with its message to the buyer. */
async function sale(email = 'ann@test.com') {
  const { id } = await served.someone(email);
  const order = aHold({ userId: id, status: 'complete', completedAt: new Date().toISOString() });
  await auth.deliver(anEvent('order:completed', 2, order));
  return { buyer: id, order: order.id, message: `${order.id}/bought/${id}` };
}

test('messages are listed by what they are about, and by recipient', async () => {
  const { buyer, order, message } = await sale();
  await sendDue();
  const about = await list(`about=${order}`);
  const bought = about.find(({ id }) => id === message);
  expect(bought).toEqual({
    ...{ id: message, kind: 'bought', to: buyer, dueAt: null, parkedAt: null, problem: null },
    ...{ owedAt: expect.any(String) as string, sentAt: expect.any(String) as string },
  });
  expect(await list(`to=${buyer}`)).toEqual([bought]);
  await auth.post('forgot', { email: 'ann@test.com' }).expect(202);
  expect((await list(`to=${buyer.toUpperCase()}`)).map(({ kind }) => kind)).toEqual(['reset', 'bought']);
  expect(await list(`about=${newId()}`)).toEqual([]);
  for (const query of ['', 'about=x', 'to[$ne]=1', 'about=x&about=y'])
    await auth.get(`support/messages?${query}`, desk).expect(400);
});

test('a message that was sent is sent again, as a separate message', async () => {
  const { order, message } = await sale();
  await sendDue();
  const [first] = mailbox.to('ann@test.com');
  auth.clock.ahead += 48 * HOUR;
  const { body } = await send(message).expect(200);
  expect((body as MessageBody).dueAt).not.toBeNull();
  await sendDue();
  const [, second, ...more] = mailbox.to('ann@test.com');
  expect(second?.subject).toBe(first?.subject);
  expect(second?.messageId).not.toBe(first?.messageId);
  expect(more).toEqual([]);
  expect(await readAudit(1, { target: message })).toMatchObject([{ action: 'send', reason: 'it was lost' }]);
  await until(() => told(order).filter(({ kind }) => kind === 'bought').length === 2);
});

test('a message that was given up is queued, and sent once possible', async () => {
  const { order, message } = await sale();
  mailbox.answerWith((address) => (address === 'ann@test.com' ? 550 : undefined));
  await sendDue();
  const { messages } = await queue();
  expect(messages).toMatchObject([{ id: message, sentAt: null, parkedAt: expect.any(String) as string }]);
  await until(() => told(order).find(({ kind }) => kind === 'bought'));
  const given = told(order).find(({ kind }) => kind === 'bought');
  expect(given).toMatchObject({ id: message, about: order, sentAt: null, parkedAt: messages[0]?.parkedAt });
  mailbox.answerWith(() => undefined);
  await send(message).expect(200);
  expect((await queue()).messages).toEqual([]);
  await sendDue();
  expect(mailbox.to('ann@test.com')).toHaveLength(1);
  await until(() => told(order).some(({ id, sentAt, parkedAt }) => id === message && sentAt && !parkedAt));
});

test('its outcome contains no address', async () => {
  const { order, message } = await sale();
  const stored = await Messages.findById(message).lean();
  await auth.queue.park({ ...stored!, _id: message }, '550 <ann@test.com>: no such user at ann@test.com');
  await until(() => told(order).find(({ id }) => id === message));
  expect(JSON.stringify(told(order))).not.toContain('ann@test.com');
  expect(told(order).find(({ id }) => id === message)?.problem).toMatch(/^550 …/);
});

test('an old one is tried for a day from then, not given up at the first failure', async () => {
  const { message } = await sale();
  await sendDue();
  auth.clock.ahead += 6 * 24 * HOUR;
  await send(message).expect(200);
  mailbox.answerWith(() => 450);
  await sendDue();
  expect((await Messages.findById(message).lean())?.parkedAt).toBeUndefined();
  auth.clock.ahead += MINUTE;
  mailbox.answerWith(() => undefined);
  await sendDue();
  expect(mailbox.to('ann@test.com')).toHaveLength(2);
});

test('its link is a new one, and the previous one is void', async () => {
  const { id } = await auth.signUp('ann@test.com');
  await until(() => Messages.exists({ to: id, kind: 'confirm' }));
  await sendDue();
  await send(`${id}/confirm/${id}`).expect(200);
  await sendDue();
  const [first, second] = mailbox.to('ann@test.com').map(tokenIn);
  expect(second).not.toBe(first);
  await auth.post('confirm', { token: first }).expect(400);
  await auth.post('confirm', { token: second }).expect(200);
});

test('it is sent once, however often that is requested beforehand', async () => {
  const { message } = await sale();
  await sendDue();
  await Promise.all(Array.from({ length: 5 }, () => send(message).expect(200)));
  await sendDue();
  expect(mailbox.to('ann@test.com')).toHaveLength(2);
});

test('one that is requested while being sent is sent once more', async () => {
  const { message } = await sale();
  let arrive = () => undefined as void;
  mailbox.stall(new Promise<void>((resolve) => (arrive = resolve)));
  const sending = sendDue();
  await until(async () => (await Messages.findById(message).lean())?.tries === 1);
  auth.clock.ahead += MINUTE;
  await send(message).expect(200);
  arrive();
  await sending;
  await sendDue();
  expect(mailbox.to('ann@test.com')).toHaveLength(2);
});

test('a void or unknown message is not sent again, nor any by its own recipient', async () => {
  const { buyer, order, message } = await sale();
  await send(message, deskCookieOf(buyer)).expect(403, refusal('own-account'));
  await send(`${order}/bought/${newId()}`).expect(404, refusal('message-not-found'));
  const [about, at] = [newId(), new Date()];
  await auth.queue.owe([{ kind: 'welcome', about, to: buyer, at, facts: {} }]);
  await send(`${about}/welcome/${buyer}`).expect(409, refusal('message-void'));
  const reminder = { kind: 'missing', about, to: buyer, at, facts: {} as never } as const;
  await auth.queue.owe([reminder]);
  await Messages.updateOne({ _id: `${about}/missing/${buyer}` }, { $set: { sentAt: at }, $unset: { dueAt: 1 } });
  await auth.queue.owe([{ ...reminder, isVoid: true }]);
  await send(`${about}/missing/${buyer}`).expect(409, refusal('message-void'));
  await sendDue();
});
