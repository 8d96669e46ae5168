import { createServer } from 'node:http';
import { SMTPServer } from 'smtp-server';
import { environment } from '../config.cjs';
import { Letters } from './letters';
import { answer } from './page';

/**
 * A mailbox that receives all mail of a local stack over SMTP, whoever it is for, and shows it on a page and as JSON.
 * Recipients that start with `refused` are rejected permanently (550), those with `full` temporarily (452).
 */
const { PORT = '0', SMTP_PORT = '0', DATA_DIR = '.', HOST = '127.0.0.1' } = environment;
const letters = new Letters(DATA_DIR);

const answers: [RegExp, number][] = [
  [/^refused/, 550],
  [/^full/, 452],
];

const smtp = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  size: 30 * 1024 * 1024,
  onRcptTo({ address }, _session, done) {
    const [, responseCode] = answers.find(([pattern]) => pattern.test(address)) ?? [];
    done(responseCode ? Object.assign(new Error('This recipient takes no mail'), { responseCode }) : undefined);
  },
  onData(stream, _session, done) {
    letters.add(stream).then(() => done(), done);
  },
});
smtp.on('error', (error) => console.warn(error.message));
smtp.listen(Number(SMTP_PORT), HOST);

const site = createServer((req, res) => {
  answer(letters, new URL(req.url ?? '/', 'http://mailbox').pathname).then(
    ({ status, type, body }) => {
      // This content came by mail: it may not run anything or load anything from elsewhere.
      const policy =
        "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-top-navigation-by-user-activation";
      res.writeHead(status, { 'Content-Type': type, 'Content-Security-Policy': policy, 'Cache-Control': 'no-store' });
      res.end(body);
    },
    (error: Error) => res.writeHead(500).end(error.message),
  );
});
site.listen(Number(PORT), HOST);

process.once('SIGTERM', () => {
  site.close();
  site.closeAllConnections();
  smtp.close(() => process.exit(0));
});
