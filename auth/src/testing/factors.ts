import type { PasskeyBody, RefusalCode } from '@ticketing/common';
import { Secret, TOTP } from 'otpauth';
import request from 'supertest';
import { newAuthenticator, type Authenticator } from './authenticator';
import { cookieIn, SITE, type startAuth } from '.';

type Auth = Awaited<ReturnType<typeof startAuth>>;

/** A browser: it keeps the cookies that it is given. */
export class Browser {
  private readonly jar = new Map<string, string>();

  constructor(
    private readonly auth: Auth,
    readonly address = '10.0.0.1',
  ) {}

  get cookies(): string {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Another browser with the same cookies. */
  copy() {
    const copy = new Browser(this.auth, this.address);
    for (const [name, value] of this.jar) copy.jar.set(name, value);
    return copy;
  }

  /** Takes another browser's cookie. */
  take(name: string, { jar }: Browser) {
    this.jar.set(name, jar.get(name) ?? '');
  }

  async send(method: 'get' | 'post' | 'put' | 'delete', path: string, body?: object) {
    const sent = request(this.auth.app)
      [method](`/api/users/${path}`)
      .set('Cookie', this.cookies)
      .set('X-Forwarded-For', this.address);
    const answer = await (body ? sent.send(body) : sent);
    for (const pair of cookieIn(answer, ['session', 'device', 'challenge', 'step']).split('; ').filter(Boolean)) {
      const at = pair.indexOf('=');
      this.jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return answer;
  }

  signUp = (email: string, password = 'correct horse') => this.send('post', 'signup', { email, password });
  signIn = (email: string, password = 'correct horse') => this.send('post', 'signin', { email, password });
  signOut = () => this.send('post', 'signout');
  isIn = async () => (await this.send('get', 'currentuser')).body.currentUser !== null;
  factors = async () => (await this.send('get', 'me/factors')).body as object;
  prove = (body: object = { password: 'correct horse' }) => this.send('post', 'me/proof', body);

  /** What it is asked for a passkey with. */
  options = async (path: string) => (await this.send('post', `${path}/options`)).body as { challenge: string };

  /** Adds the passkey of a new authenticator. */
  async addPasskey(name = 'Key') {
    const authenticator = newAuthenticator(SITE);
    const credential = authenticator.create(await this.options('me/passkeys'));
    const answer = await this.send('post', 'me/passkeys', { name, credential });
    return { authenticator, answer, passkey: answer.body as PasskeyBody };
  }

  async signInBy(
    authenticator: Authenticator,
    ...how: Parameters<Authenticator['get']> extends [unknown, ...infer R] ? R : never
  ) {
    const credential = authenticator.get(await this.options('passkeys'), ...how);
    return this.send('post', 'passkeys/signin', { credential });
  }

  /** The codes of an app, by time steps from the present one. */
  codeOf = (secret: string) => (step: number) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({
      timestamp: Date.now() + this.auth.clock.ahead + step * 30_000,
    });

  /** Switches two-step sign-in on with an app, whose codes count by time steps from the present one. */
  async addApp() {
    const { secret } = (await this.send('post', 'me/app')).body as { secret: string };
    const code = this.codeOf(secret);
    const answer = await this.send('put', 'me/app', { code: code(0) });
    return { code, answer, recoveryCodes: (answer.body as { recoveryCodes: string[] }).recoveryCodes };
  }
}

/** Expects an answer to refuse with this code alone. */
export const expectRefused = ({ body }: { body: unknown }, code: RefusalCode) =>
  expect(body).toEqual({ errors: [expect.objectContaining({ code })] });
