import { randomBytes } from 'node:crypto';
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { atLength } from './config';
import { eventually } from './eventually';
import type { Mail } from './mailbox';
import { newEmail, Person } from './people';
import { System } from './stack';

/** Messages while the mail server is down, auth dies, and one address is refused: none is lost. */
let system: System;
beforeAll(async () => {
  system = await System.start({ windowSeconds: 600 });
});
afterAll(() => system.stop());
afterAll(() => elsewhere.destroy());
afterEach(() => system.expectNothingLost());

const SUBJECT = 'Confirm your email address';
/** An address that the mailbox rejects permanently. */
const refusedEmail = () => `refused-${randomBytes(6).toString('hex')}@test.com`;
const PATIENCE = 240_000;
/** How long the mail server accepts connections without responding. */
const SILENT_MS = atLength ? 60_000 : 0;
const GUESSES = atLength ? 10_000 : 200;

/** Another network's connections, to whose limits ours do not count. */
const elsewhere = new http.Agent({ localAddress: '127.0.0.2', keepAlive: true });

/** Tries a link that was never sent. Resolves to the response's status. */
const guess = () =>
  new Promise<number>((resolve, reject) => {
    const options = { method: 'POST', agent: elsewhere, headers: { 'content-type': 'application/json' } };
    http
      .request(`${system.url}/api/users/reset`, options, (response) => {
        response.resume().on('end', () => resolve(response.statusCode ?? 0));
      })
      .on('error', reject)
      .end(JSON.stringify({ token: randomBytes(32).toString('base64url'), password: 'a staple of batteries' }));
  });

const signUp = (emails: string[]) => Promise.all(emails.map((email) => Person.signUp(system.url, email)));
const crowd = (size: number) => Array.from({ length: size }, newEmail);

/** How many messages of a subject each address has. */
async function received(emails: string[], subject = SUBJECT): Promise<number[]> {
  const all = await system.mailbox.entries();
  return emails.map(
    (email) => all.filter((mail: Pick<Mail, 'to' | 'subject'>) => mail.to === email && mail.subject === subject).length,
  );
}

const allReceive = (emails: string[], subject?: string) =>
  eventually(
    async () => expect((await received(emails, subject)).filter((count) => count === 0)).toEqual([]),
    PATIENCE,
  );

it('while the mail server is down, and with an address that it refuses, nobody else waits or gets two', async () => {
  const before = crowd(3);
  await signUp(before);
  await allReceive(before);
  // It accepts connections but does not respond; then it dies, and restarts.
  system.signal('mailbox', 'SIGSTOP');
  const emails = [...crowd(4), refusedEmail(), ...crowd(4)];
  await signUp(emails);
  await sleep(SILENT_MS);
  system.signal('mailbox', 'SIGKILL');
  const others = emails.filter((email) => !email.startsWith('refused-'));
  await allReceive(others);
  expect(await received(others)).toEqual(others.map(() => 1));
  expect(await received(emails.filter((email) => !others.includes(email)))).toEqual([0]);
});

it('auth is killed while it sends, and while passwords change: every message arrives', async () => {
  const emails = crowd(12);
  const people = await signUp(emails);
  const changing = people.map((person, index) =>
    person.changePassword(`a staple of batteries ${index}`).then(() => emails[index]!),
  );
  await Promise.any(changing);
  system.signal('auth', 'SIGKILL');
  const changed = (await Promise.allSettled(changing)).flatMap((each) =>
    each.status === 'fulfilled' ? each.value : [],
  );
  await system.untilReady();
  await allReceive(emails);
  await allReceive(changed, 'Your password was changed');
});

it('whoever guesses links finds none, and the link that was sent still works', async () => {
  const email = newEmail();
  const person = await Person.signUp(system.url, email);
  await allReceive([email]);
  const answers: number[] = [];
  while (answers.length < GUESSES) answers.push(...(await Promise.all(Array.from({ length: 50 }, guess))));
  expect([...new Set(answers)].sort()).toEqual([400, 429]);
  await person.confirmAddress(system.mailbox);
});
