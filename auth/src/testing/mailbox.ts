import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { quiet, until } from '@ticketing/common/testing';
import { messageSender } from '../messages/sender';
import { smtp, type Smtp } from '../messages/smtp';
import { Messages } from '../store';
import { startAuth } from '.';

const DAY = 86_400_000;

/** The mail server's reply: a code, with or without text; undefined accepts. */
type Rule = (address: string) => number | string | undefined;

/** The error that makes smtp-server send a reply. */
const answered = (answer: ReturnType<Rule>) =>
  answer === undefined
    ? undefined
    : Object.assign(new Error(String(answer).slice(4) || 'Refused'), { responseCode: Number.parseInt(String(answer)) });

/** A mail server that keeps what it receives. */
async function startMailbox() {
  const mails: ParsedMail[] = [];
  let rule: Rule = () => undefined;
  let senders: Rule = () => undefined;
  let pause: Promise<unknown> = Promise.resolve();
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onMailFrom: ({ address }, _session, done) => done(answered(senders(address))),
    onRcptTo({ address }, _session, done) {
      const answer = answered(rule(address));
      void pause.then(() => done(answer));
    },
    onData(stream, _session, done) {
      void simpleParser(stream).then((mail) => {
        mails.push(mail);
        done();
      });
    },
  });
  server.on('error', () => undefined);
  const { server: socket } = server;
  server.listen(0, '127.0.0.1');
  if (!socket.listening) await once(socket, 'listening');
  const to = (address: string) => mails.filter((mail) => [mail.to].flat().some((one) => one?.text === address));
  return {
    url: `smtp://127.0.0.1:${(socket.address() as AddressInfo).port}`,
    mails,
    to,
    /** Waits for that many messages to an address, and returns the last. */
    received: (address: string, count = 1) => until(() => to(address)[count - 1]),
    answerWith: (next: Rule) => void (rule = next),
    answerSenderWith: (next: Rule) => void (senders = next),
    /** Keeps recipients waiting until `end` settles. */
    stall: (end: Promise<unknown>) => void (pause = end),
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** The service with a mailbox, and its sender, which tests run by hand. */
async function startMailedAuth() {
  const [auth, mailbox] = await Promise.all([startAuth(), startMailbox()]);
  const mail = smtp(mailbox.url, 'Ticketing <no-reply@ticketing.test>');
  const senderBy = (smtp: Smtp, patience?: number) =>
    messageSender({ ...auth, smtp, site: 'https://ticketing.test', log: quiet, ...(patience && { patience }) });
  const run = senderBy(mail);
  return {
    auth,
    mailbox,
    /** Another sender, with another server or shorter timeouts. */
    senderBy,
    mail,
    async sendDue() {
      await auth.settled();
      await run();
    },
    /** A new account, without the message that it causes. */
    async someone(email: string) {
      const person = await auth.signUp(email);
      await until(() => Messages.exists({ to: person.id }));
      await Messages.deleteMany({});
      return person;
    },
    /** Sets the service's clock to noon, so that a test stays within a day. */
    noon: () => void (auth.clock.ahead = DAY / 2 - (Date.now() % DAY)),
    async clear() {
      await auth.clear();
      mailbox.mails.splice(0);
      mailbox.answerWith(() => undefined);
      mailbox.answerSenderWith(() => undefined);
      auth.clock.ahead = 0;
    },
    async stop() {
      mail.close();
      await Promise.all([auth.stop(), mailbox.stop()]);
    },
  };
}

type Mailed = Awaited<ReturnType<typeof startMailedAuth>>;

/**
 * The service with a mailbox for the tests of a file, cleared after each of them. Its parts can be referenced before it is
 * started: each is looked up on use.
 */
export function mailedAuth(): Mailed {
  let served: Mailed | undefined;
  beforeAll(async () => void (served = await startMailedAuth()));
  afterEach(() => served?.clear());
  afterAll(() => served?.stop());
  const part = (name: keyof Mailed) =>
    new Proxy(() => undefined, {
      get: (_, key) => Reflect.get(served![name], key) as unknown,
      apply: (_, self, args) => Reflect.apply(served![name] as () => unknown, self, args) as unknown,
    });
  return new Proxy({} as Mailed, { get: (_, name) => part(name as keyof Mailed) });
}

/** The secret in the first link of a message. */
export const tokenIn = (mail: ParsedMail) => /token=([\w-]+)/.exec(mail.text ?? '')?.[1] ?? '';
