import { Secret, TOTP } from 'otpauth';
import { newEmail, Person } from './people';
import type { System } from './stack';

const PASSWORD = 'correct horse battery';
const STEP_MS = 30_000;

/**
 * Someone at the support desk: an account with an authenticator app and the role that an operator granted, signed in with
 * both factors.
 */
export async function atDesk(system: System): Promise<Person> {
  const email = newEmail();
  const person = await Person.signUp(system.url, email);
  await person.confirmAddress(system.mailbox);
  const { secret } = await person.call<{ secret: string }>('POST', '/api/users/me/app');
  const code = (ahead: number) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + ahead * STEP_MS });
  await person.call('PUT', '/api/users/me/app', { code: code(0) });
  await system.command('auth', 'staff', 'add', email);
  const post = (path: string, body: object, cookie = '') =>
    fetch(`${system.url}/api/users/${path}`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const first = await post('signin', { email, password: PASSWORD });
  // Each code works once; the next one is accepted a step early.
  const second = await post('signin/step', { code: code(1) }, cookieOf(first, 'step'));
  if (!second.ok) throw new Error(`The desk cannot sign in: ${await second.text()}`);
  return new Person(system.url, cookieOf(second, 'session'));
}

function cookieOf(answer: Response, name: string): string {
  const line = answer.headers.getSetCookie().find((each) => each.startsWith(`${name}=`));
  return line?.split(';')[0] ?? '';
}
