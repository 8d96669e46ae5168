import net, { type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { trusted } from 'mongoose';
import { aHold, anEvent, until } from '@ticketing/common/testing';
import { Messages, Users } from '../store';
import { mailedAuth } from '../testing/mailbox';
import { senders } from './sender';
import { AT_ONCE, smtp, type Smtp } from './smtp';

const served = mailedAuth();
const { auth, mailbox, sendDue } = served;

const HOUR = 3_600_000;
const FROM = 'Ticketing <no-reply@ticketing.test>';

/** That many messages owed to someone, for past sales. */
async function owed(email: string, count = 1, completedAt = new Date()) {
  const { id } = await served.someone(email);
  const sale = () => aHold({ userId: id, status: 'complete', completedAt: completedAt.toISOString() });
  await auth.deliver(...Array.from({ length: count }, () => anEvent('order:completed', 2, sale())));
  return id;
}
const messageTo = (to: string) => Messages.findOne({ to }).lean();
const waits = { tries: 1, dueAt: expect.any(Date) as Date, problem: expect.any(String) as string };
const isParked = { tries: 1, parkedAt: expect.any(Date) as Date };

test.each(['550 5.7.1 Sender rejected', '530 5.7.0 Authentication required', '554 5.7.1 Relay access denied'])(
  'a provider that refuses our address (%s) keeps messages waiting, and each arrives once it accepts it',
  async (answer) => {
    await owed('ann@test.com', 2);
    mailbox.answerSenderWith(() => answer);
    await sendDue();
    // As when it is down: it is tried with one message, not with each.
    expect(await Messages.countDocuments({ tries: 1 })).toBe(1);
    expect(await Messages.exists({ parkedAt: trusted({ $exists: true }) })).toBeNull();
    mailbox.answerSenderWith(() => undefined);
    auth.clock.ahead = HOUR;
    await sendDue();
    expect(mailbox.mails).toHaveLength(2);
  },
);

test.each([
  ['554 5.7.1 <ann@test.com>: Relay access denied', waits],
  ['550 5.1.8 Bad sender', waits],
  ['530 5.7.0 Authentication required', waits],
  ['421 4.3.2 Shutting down', waits],
  ['550 5.1.1 No such user', isParked],
  ['553 5.1.3 Bad address', isParked],
  ['550 5.7.1 Refused as spam', isParked],
  ['550 5.5.0 Mailbox unavailable', isParked],
  ['552 5.2.2 Mailbox full', isParked],
  [550, isParked],
])('a refusal of a recipient with %s is attributed to whoever it blames', async (answer, becomes) => {
  const ann = await owed('ann@test.com');
  mailbox.answerWith(() => answer);
  await sendDue();
  const message = await messageTo(ann);
  expect(message).toMatchObject(becomes);
  expect(Boolean(message?.parkedAt)).toBe('parkedAt' in becomes);
});

test('a password that the provider rejects keeps messages waiting', async () => {
  const ann = await owed('ann@test.com');
  const server = await script(() => '535 5.7.8 Authentication failed');
  const mail = smtp(`smtp://me:wrong@127.0.0.1:${server.port}`, FROM);
  await served.senderBy(mail)();
  mail.close();
  await server.stop();
  expect(await messageTo(ann)).toMatchObject(waits);
  expect(await Messages.exists({ parkedAt: trusted({ $exists: true }) })).toBeNull();
});

test('a message is tried for a day from the first attempt, however long it was owed before', async () => {
  const ann = await owed('ann@test.com', 1, new Date(Date.now() - 71 * HOUR));
  auth.clock.ahead = 48 * HOUR;
  mailbox.answerWith(() => 451);
  await sendDue();
  expect(await messageTo(ann)).toMatchObject(waits);
  auth.clock.ahead += 23 * HOUR;
  await sendDue();
  expect((await messageTo(ann))?.parkedAt).toBeUndefined();
  auth.clock.ahead += HOUR;
  await sendDue();
  expect((await messageTo(ann))?.parkedAt).toBeInstanceOf(Date);
});

/** A server that accepts each line, unless `answer` says otherwise; slowly, if that waits. */
async function script(answer: (line: string) => string | undefined | Promise<string>) {
  const open = new Set<net.Socket>();
  const lines: string[] = [];
  const server = net.createServer((socket) => {
    open.add(socket.on('close', () => open.delete(socket)).on('error', () => undefined));
    let isData = false;
    socket.write('220 ready\r\n');
    socket.on('data', (chunk) => {
      void (async () => {
        for (const line of chunk.toString().split('\r\n').filter(Boolean)) {
          if (isData && line !== '.') continue;
          lines.push(line);
          const usual =
            line === 'DATA' ? '354 go on' : line.startsWith('EHLO') ? '250-me\r\n250 AUTH PLAIN' : '250 fine';
          const said = (await answer(line)) ?? usual;
          isData = said.startsWith('354');
          socket.write(`${said}\r\n`);
        }
      })();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    lines,
    open,
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise<void>((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

test('a server that never finishes its response holds a message up for at most one attempt, and no connection stays open', async () => {
  const ann = await owed('ann@test.com');
  // Keeps the connection active: the timeout of a single step does not end this.
  const server = await script((line) =>
    line.startsWith('RCPT')
      ? new Promise(() => setInterval(() => server.open.forEach((socket) => socket.write('250-wait\r\n')), 20).unref())
      : undefined,
  );
  const mail = smtp(`smtp://127.0.0.1:${server.port}`, FROM);
  await served.senderBy(mail, 300)();
  expect(await messageTo(ann)).toMatchObject(waits);
  await until(() => server.open.size === 0);
  mail.close();
  await server.stop();
});

test('an attempt that hangs before anything is sent ends, and sends nothing afterwards', async () => {
  const ann = await owed('ann@test.com');
  let go: () => void = () => undefined;
  const stuck = new Promise<void>((resolve) => (go = resolve));
  const find = jest.spyOn(Users, 'findOne').mockReturnValueOnce({
    lean: () => ({ exec: () => stuck.then(() => ({ _id: ann, email: 'ann@test.com' })) }),
  } as never);
  await served.senderBy(served.mail, 100)();
  find.mockRestore();
  expect(await messageTo(ann)).toMatchObject(waits);
  go();
  auth.clock.ahead = HOUR;
  await sendDue();
  expect(mailbox.mails).toHaveLength(1);
});

test('a message that was accepted is not sent again because the database is down', async () => {
  const ann = await owed('ann@test.com');
  const away = Object.assign(new Error('away'), { name: 'MongoNetworkError' });
  const update = jest.spyOn(Messages.collection, 'updateOne').mockRejectedValueOnce(away).mockRejectedValueOnce(away);
  await sendDue();
  update.mockRestore();
  expect(await messageTo(ann)).toMatchObject({ tries: 1, sentAt: expect.any(Date) as Date });
  auth.clock.ahead = HOUR;
  await sendDue();
  expect(mailbox.mails).toHaveLength(1);
});

test('a slow provider gets five messages at once, one that hangs delays no other, and none is lost', async () => {
  await owed('ann@test.com', 8);
  let [asked, sending] = [0, 0];
  let end: (() => void) | undefined;
  const others = new Promise<void>((resolve) => (end = resolve));
  /** Waits until the concurrency limit is reached, and everything else waits. */
  const crowded = () => until(() => asked >= 5 && sending === 8);
  const server = await script((line) => {
    if (!line.startsWith('RCPT')) return undefined;
    return (++asked === 1 ? others : crowded()).then(() => '250 fine');
  });
  const mail = smtp(`smtp://127.0.0.1:${server.port}`, FROM);
  const counted: Smtp = { ...mail, send: (...args) => (sending++, mail.send(...args)) };
  const runs = Promise.all(Array.from({ length: 8 }, served.senderBy(counted)));
  const sent = () => Messages.countDocuments({ sentAt: trusted({ $exists: true }) });
  await until(async () => (await sent()) === 7);
  expect(server.open.size).toBe(5);
  end?.();
  await runs;
  expect([await sent(), server.lines.filter((line) => line === '.').length]).toEqual([8, 8]);
  mail.close();
  await server.stop();
});

test('a machine clock that is set back delays no message', async () => {
  let looks = 0;
  const [one] = senders(() => Promise.resolve(looks++).then(() => undefined));
  await one?.run();
  const now = Date.now.bind(Date);
  const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() - 960_000);
  await until(async () => {
    await one?.run();
    return looks === 2;
  }).finally(() => clock.mockRestore());
});

test('of senders at rest one looks for messages', async () => {
  const looks: (() => void)[] = [];
  const all = senders(() => new Promise<void>((resolve) => looks.push(resolve)));
  const runs = all.map(({ run }) => run());
  expect([all.length, looks.length]).toEqual([AT_ONCE, 1]);
  looks[0]?.();
  await Promise.all(runs);
});
