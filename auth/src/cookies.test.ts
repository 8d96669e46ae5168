import request from 'supertest';
import { startAuth, PASSWORD } from './testing';

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => (auth = await startAuth()));
afterEach(() => auth.clear());
afterAll(() => auth.stop());

const post = (path: string, body?: object) =>
  request(auth.app).post(`/api/users/${path}`).set('X-Forwarded-Proto', 'https').send(body);
const ann = { email: 'ann@test.com', password: PASSWORD };

test('over HTTPS each cookie belongs to this host alone, is secure, and hidden from scripts', async () => {
  const answers = [await post('signup', ann), await post('passkeys/options'), await post('signin', ann)];
  const set = answers.flatMap((answer) => answer.get('Set-Cookie') ?? []);
  expect(new Set(set.map((line) => line.split('=')[0]))).toEqual(
    new Set(['__Host-session', '__Host-device', '__Host-challenge']),
  );
  for (const line of set) {
    expect(line).toMatch(/; path=\/;/i);
    expect(line).toMatch(/; secure/i);
    expect(line).toMatch(/; httponly/i);
    expect(line).toMatch(/; samesite=(lax|strict)/i);
    expect(line).not.toMatch(/; domain=/i);
  }
});

test('over HTTPS a device is known by the cookie that no sibling domain can set', async () => {
  const set = (await post('signup', ann)).get('Set-Cookie') ?? [];
  const device = set.find((line) => line.startsWith('__Host-device='))?.split(';')[0] ?? '';
  const from = (cookie: string, password = PASSWORD) =>
    post('signin', { ...ann, password })
      .set('Cookie', cookie)
      .set('X-Forwarded-For', '10.0.0.9');
  for (let failure = 0; failure < 10; failure++) await from('', 'wrong horse').expect(400);
  await from(device.replace('__Host-', '')).expect(429);
  await from(device).expect(200);
});
