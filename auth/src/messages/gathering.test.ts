import { anEvent } from '@ticketing/common/testing';
import mongoose, { trusted } from 'mongoose';
import request from 'supertest';
import { languages, type Language } from '@ticketing/common';
import { gatheredKinds, type Change, type GatheredKind } from '../domain/facts';
import { Messages } from '../store';
import { cookieIn, PASSWORD } from '../testing';
import { mailedAuth } from '../testing/mailbox';
import { toText, type Letter } from './letter';
import { texts } from './texts';

const served = mailedAuth();
const { auth, mailbox, noon, sendDue } = served;

const HOUR = 3_600_000;
const ANN = 'ann@test.com';
const signIn = (browser: string, network = '203.0.113.7') =>
  auth.signIn(ANN, undefined, network).set('User-Agent', browser).expect(200);
const mails = () => mailbox.to(ANN);
const subjects = () => mails().map(({ subject }) => subject);

test('however many browsers someone signs in with, a few messages a day report them all', async () => {
  await served.someone(ANN);
  noon();
  for (let count = 1; count <= 3; count++) {
    await signIn(`browser${count}`);
    await sendDue();
    expect(mails().at(-1)?.text).toContain(`Browser: browser${count}`);
  }
  for (let count = 4; count <= 60; count++) await signIn(`browser${count}`, `203.0.113.${count}`);
  await sendDue();
  expect(mails()).toHaveLength(3);
  expect(await Messages.countDocuments()).toBe(1);
  auth.clock.ahead += 5 * HOUR;
  await sendDue();
  expect(subjects().slice(3)).toEqual(['57 new sign-ins to your account']);
  const { text = '' } = mails()[3] ?? {};
  for (let count = 4; count <= 20; count++) expect(text).toContain(`browser${count} · 203.0.113.${count}`);
  expect(text).toContain('And: 40 more');
  // Nothing is reported twice, and the next day starts afresh.
  auth.clock.ahead += HOUR;
  await sendDue();
  expect(mails()).toHaveLength(4);
  auth.clock.ahead += 12 * HOUR;
  await signIn('browser61');
  await sendDue();
  expect(subjects()[4]).toBe('New sign-in to your account');
});

test('what happens while a message is sent is reported by the next', async () => {
  await served.someone(ANN);
  noon();
  await signIn('first');
  const sending = await auth.queue.take();
  await signIn('second');
  await auth.queue.sent(sending as never);
  await sendDue();
  expect(mails().map(({ text = '' }) => /Browser: (\w+)/.exec(text)?.[1])).toEqual(['second']);
  expect(await Messages.exists({ dueAt: trusted({ $exists: true }) })).toBeNull();
});

test('concurrent sign-ins are all reported, and one message is one write', async () => {
  const { id } = await served.someone(ANN);
  noon();
  const writes = jest.spyOn(mongoose.mongo.Collection.prototype, 'bulkWrite');
  const browsers = Array.from({ length: 12 }, (_, at) => `browser${at}`);
  await Promise.all(browsers.map((browser) => signIn(browser)));
  const owed = writes.mock.contexts.filter(
    (collection) => (collection as mongoose.mongo.Collection).collectionName === 'messages',
  );
  writes.mockRestore();
  expect(owed).toHaveLength(12);
  const facts = (await Messages.findOne({ to: id }).lean())?.facts as { news: { browser: string }[]; count: number };
  expect(facts.news.map(({ browser }) => browser).sort()).toEqual(browsers.sort());
  expect(facts.count).toBe(12);
});

const words = (...[language, kind, facts]: [Language, GatheredKind, object]) =>
  (texts[language][kind] as (facts: object, tools: object) => Letter)(facts, {
    page: (path: string) => path,
    time: (iso: string) => iso,
  });

test.each(languages)('in %s, one and many have their texts, listed or not', (language) => {
  const at = '2026-01-01T00:00:00.000Z';
  const entries: Record<GatheredKind, object[]> = {
    device: [
      { browser: 'Firefox', network: '203.0.113.7', at },
      { browser: null, network: '203.0.113.8', at },
    ],
    changed: [
      { what: 'password', at },
      { what: 'two-step-off', at },
    ],
    payoutTo: [
      { last4: '6789', former: null, at },
      { last4: '1234', former: '6789', at },
    ],
  };
  for (const kind of gatheredKinds) {
    const news = entries[kind];
    const all = [
      words(language, kind, { news: news.slice(0, 1), more: 0 }),
      words(language, kind, { news, more: 0 }),
      words(language, kind, { news: [], more: 2 }),
    ];
    expect(new Set(all.map(({ subject }) => subject)).size).toBe(2);
    expect(all.map((letter) => toText(letter, '')).join()).not.toMatch(/undefined|null|NaN|\[object/);
    expect(toText(all[2]!, '')).toMatch(/: 2 (more|weitere)/);
  }
});

test('what a client says about itself is never evaluated as an expression', async () => {
  const { id } = await served.someone(ANN);
  await auth.queue.owe([
    {
      ...{ kind: 'device', about: '$to', to: id, at: new Date() },
      facts: { browser: '$to', network: '$$ROOT', at: new Date().toISOString() },
    },
  ]);
  const [message] = await Messages.find().lean();
  expect(message?.facts).toMatchObject({ news: [{ about: '$to', browser: '$to', network: '$$ROOT' }] });
});

/** What is reported about changes to someone's account. */
const changed = (id: string, what: Change, count: number) => {
  const at = new Date(Date.now() + auth.clock.ahead + count);
  const message = { kind: 'changed', about: `${id}/${at.getTime()}`, to: id, at: at.toISOString(), facts: { what } };
  return anEvent('message:owed', count, message);
};

test('changes to an account are also reported together, and a duplicate event changes nothing', async () => {
  const { id } = await served.someone(ANN);
  noon();
  const told = Array.from({ length: 6 }, (_, at) => changed(id, 'passkey-added', at));
  for (const event of told) {
    await auth.deliver(event);
    await sendDue();
  }
  expect(mails()).toHaveLength(3);
  await auth.deliver(...told);
  const [{ facts } = { facts: {} }] = await Messages.find({ to: id, kind: 'changed' }).lean();
  expect(facts).toMatchObject({ count: 6, told: 3 });
  auth.clock.ahead += 5 * HOUR;
  await sendDue();
  expect(subjects()[3]).toBe('Changes to your account');
});

test('what may cost someone their account is never delayed: a new password, one step again, its deletion', async () => {
  const { id, cookie } = await served.someone(ANN);
  noon();
  for (let count = 0; count < 25; count++) {
    await auth.deliver(changed(id, 'passkey-added', count));
    await sendDue();
  }
  expect(mails()).toHaveLength(3);
  const proven = await auth.change(cookie, { currentPassword: PASSWORD, newPassword: 'another horse' }).expect(200);
  await sendDue();
  expect(subjects()[3]).toBe('Your password was changed');
  await auth.deliver(changed(id, 'two-step-off', 26));
  await sendDue();
  expect(subjects()).toHaveLength(5);
  const again = await request(auth.app)
    .post('/api/users/me/proof')
    .set('Cookie', cookieIn(proven))
    .send({ password: 'another horse' });
  await request(auth.app).delete('/api/users/me').set('Cookie', cookieIn(again)).expect(202);
  await sendDue();
  expect(subjects()[5]).toContain('deleted');
  // Even doing that many times a day floods nobody.
  for (let count = 0; count < 25; count++) {
    await auth.deliver(changed(id, 'password', 100 + count));
    await sendDue();
  }
  expect(mails()).toHaveLength(3 + 20);
});

test('a retry with more to report has a new Message-ID, a plain retry has the same', async () => {
  await served.someone(ANN);
  noon();
  const { mail } = served;
  const losing = served.senderBy({
    ...mail,
    async send(...sent) {
      await mail.send(...sent);
      throw new Error('the response was lost');
    },
  });
  await signIn('first');
  await losing();
  auth.clock.ahead += 60_000;
  await losing();
  await signIn('second');
  auth.clock.ahead += 60_000;
  await sendDue();
  const [one, same, more] = mails();
  expect(same?.messageId).toBe(one?.messageId);
  expect(more?.messageId).not.toBe(one?.messageId);
  expect(more?.text).toContain('second');
});

test('one that the desk requests while it is being sent reports everything again', async () => {
  const { id } = await served.someone(ANN);
  noon();
  await signIn('first');
  const sending = await auth.queue.take();
  auth.clock.ahead += 1_000;
  expect(await auth.queue.again((await Messages.findOne({ to: id }).lean())!)).toBe(true);
  await auth.queue.sent(sending as never);
  await sendDue();
  expect(mails().map(({ text = '' }) => /Browser: (\w+)/.exec(text)?.[1])).toEqual(['first']);
  expect(await Messages.exists({ dueAt: trusted({ $exists: true }) })).toBeNull();
});

test('what happens while one is given up is sent anyway', async () => {
  await served.someone(ANN);
  noon();
  await signIn('first');
  const sending = await auth.queue.take();
  await signIn('second');
  await auth.queue.park(sending as never, '550 no such user');
  auth.clock.ahead += HOUR;
  await sendDue();
  expect(subjects()).toEqual(['2 new sign-ins to your account']);
});

test('a message that was given up is sent once there is news, and one from an earlier version is sent as it is', async () => {
  const { id } = await served.someone(ANN);
  noon();
  mailbox.answerWith(() => 550);
  await signIn('first');
  await sendDue();
  expect(await Messages.exists({ parkedAt: trusted({ $exists: true }) })).not.toBeNull();
  mailbox.answerWith(() => undefined);
  await signIn('second');
  await sendDue();
  expect(subjects()).toEqual(['2 new sign-ins to your account']);
  const at = new Date(Date.now() + auth.clock.ahead);
  const facts = { browser: 'older', network: '203.0.113.7', at: at.toISOString() };
  await Messages.create({ _id: 'older', kind: 'device', to: id, facts, tries: 0, dueAt: at, owedAt: at });
  await sendDue();
  expect(mails()[1]?.text).toContain('Browser: older');
});

test("a seller is told once where their payouts go, from payments' events", async () => {
  const { id } = await served.someone(ANN);
  noon();
  const tells = (version: number, last4: string, former: string | null) => {
    const since = new Date(Date.now() + auth.clock.ahead + version).toISOString();
    return anEvent('seller:updated', version, { id, payoutTo: { last4, former, since } });
  };
  const [first, next] = [tells(1, '6789', null), tells(2, '1234', '6789')];
  await auth.deliver(first);
  await sendDue();
  await auth.deliver(next, first, next);
  await sendDue();
  expect(subjects()).toEqual(['Your payouts are set up', 'Your payouts now go to a different bank account']);
  expect(mails()[1]?.text).toContain('···· 1234');
  expect(mails()[1]?.text).not.toContain('6789');
});
