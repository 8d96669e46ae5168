import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { until } from '@ticketing/common/testing';

/** What the mail server answers a recipient with; undefined accepts. */
type Rule = (address: string) => number | undefined;

/** A mail server that keeps what it is handed. */
export async function startMailbox() {
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

export type Mailbox = Awaited<ReturnType<typeof startMailbox>>;

/** The secret in the first link of a message. */
export const tokenIn = (mail: ParsedMail) => /token=([\w-]+)/.exec(mail.text ?? '')?.[1] ?? '';
