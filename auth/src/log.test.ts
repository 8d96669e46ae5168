import { Writable } from 'node:stream';
import { until } from '@ticketing/common/testing';
import { pino } from 'pino';
import { SITE, startAuth } from './testing';
import { newAuthenticator } from './testing/authenticator';
import { Browser } from './testing/factors';

interface Line {
  event?: string;
  by?: string[];
  account?: string;
  network?: string;
  trace?: string;
  time?: number;
}

const lines: Line[] = [];
const log = pino(
  new Writable({
    write(line: Buffer, _encoding, done) {
      lines.push(JSON.parse(line.toString()) as Line);
      done();
    },
  }),
);

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => (auth = await startAuth(1_000, log)));
beforeEach(() => void lines.splice(0));
afterEach(() => auth.clear());
afterAll(() => auth.stop());

/** The log entries of someone's attempts to sign in, in order. */
const logged = (...events: string[]) =>
  until(() => {
    const found = lines.filter(({ event }) => events.includes(event ?? ''));
    return found.length > 0 ? found : undefined;
  });
const [SUCCESS, FAILURE] = ['signed-in', 'sign-in-failed'];

test('signing in with a password is logged, with its outcome, time, account, network and method', async () => {
  const began = Date.now();
  const browser = new Browser(auth);
  const { id } = (await browser.signUp('ann@test.com')).body as { id: string };
  await browser.signIn('ann@test.com', 'wrong horse');
  await browser.signIn('ann@test.com');
  await browser.signIn('nobody@test.com');
  const found = await logged('signed-up', SUCCESS, FAILURE);
  expect(found.map(({ event, by, account }) => [event, by, account])).toEqual([
    ['signed-up', undefined, id],
    [FAILURE, ['password'], id],
    [SUCCESS, ['password'], id],
    [FAILURE, ['password'], undefined],
  ]);
  for (const { network, trace, time } of found) {
    expect([network, typeof trace]).toEqual(['10.0.0.1', 'string']);
    expect(time).toBeGreaterThanOrEqual(began);
  }
});

test('second steps and passkeys are logged, right or wrong, without any secret', async () => {
  const browser = new Browser(auth);
  await browser.signUp('ann@test.com');
  const { recoveryCodes } = await browser.addApp();
  const { authenticator } = await browser.addPasskey();
  const step = async (body: object) => {
    await browser.signIn('ann@test.com');
    return browser.send('post', 'signin/step', body);
  };
  await step({ code: '000000' });
  await step({ code: 'X'.repeat(28) });
  await step({ code: recoveryCodes[0] });
  const strange = newAuthenticator(SITE);
  strange.create(await browser.options('me/passkeys'));
  for (const one of [strange, authenticator]) {
    await browser.signIn('ann@test.com');
    await browser.send('post', 'signin/step', { credential: one.get(await browser.options('signin')) });
    await browser.send('post', 'passkeys/signin', { credential: one.get(await browser.options('passkeys')) });
  }
  const found = await logged(SUCCESS, FAILURE);
  expect(found.map(({ event, by }) => `${event} ${by?.join('+')}`)).toEqual([
    'sign-in-failed app',
    'sign-in-failed recovery',
    'signed-in password+recovery',
    'sign-in-failed passkey',
    'sign-in-failed passkey',
    'signed-in password+passkey',
    'signed-in passkey',
  ]);
  const text = JSON.stringify(lines);
  for (const secret of ['correct horse', '000000', 'ann@test.com', ...recoveryCodes])
    expect(text).not.toContain(secret);
});
