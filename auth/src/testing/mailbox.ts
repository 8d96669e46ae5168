import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { quiet, until } from '@ticketing/common/testing';
import { messageSender } from '../messages/sender';
import { smtp } from '../messages/smtp';
import { Messages } from '../store';
import { startAuth } from '.';

/** What the mail server answers a recipient with; undefined accepts. */
type Rule = (address: string) => number | undefined;

/** A mail server that keeps what it is handed. */
async function startMailbox() {
  const mails: ParsedMail[] = [];
  let rule: Rule = () => undefined;
  let pause: Promise<unknown> = Promise.resolve();
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo({ address }, _session, done) {
      const responseCode = rule(address);
      void pause.then(() => done(responseCode ? Object.assign(new Error('Refused'), { responseCode }) : undefined));
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
    /** Waits for so many messages to an address, and returns the last. */
    received: (address: string, count = 1) => until(() => to(address)[count - 1]),
    answerWith: (next: Rule) => void (rule = next),
    /** Lets recipients wait until `end` settles. */
    stall: (end: Promise<unknown>) => void (pause = end),
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** The service with a mailbox, and its sender, which is to be run by hand. */
export async function startMailedAuth() {
  const [auth, mailbox] = await Promise.all([startAuth(), startMailbox()]);
  const mail = smtp(mailbox.url, 'Ticketing <no-reply@ticketing.test>');
  const run = messageSender({ ...auth, smtp: mail, site: 'https://ticketing.test', log: quiet });
  return {
    auth,
    mailbox,
    async sendDue() {
      await auth.settled();
      await run();
    },
    /** A new account, without the message that it is owed. */
    async someone(email: string) {
      const person = await auth.signUp(email);
      await until(() => Messages.exists({ to: person.id }));
      await Messages.deleteMany({});
      return person;
    },
    async clear() {
      await auth.clear();
      mailbox.mails.splice(0);
      mailbox.answerWith(() => undefined);
      auth.clock.ahead = 0;
    },
    async stop() {
      mail.close();
      await Promise.all([auth.stop(), mailbox.stop()]);
    },
  };
}

/** The secret in the first link of a message. */
export const tokenIn = (mail: ParsedMail) => /token=([\w-]+)/.exec(mail.text ?? '')?.[1] ?? '';
