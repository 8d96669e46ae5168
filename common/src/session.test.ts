import express from 'express';
import jwt from 'jsonwebtoken';
import request from 'supertest';
import { createApp, Router, callerOf } from './http';
import { sessions } from './session';
import { quiet, refusal, setClockAhead } from './testing';

const KEY = 'the key of today';
const OLD_KEY = 'the key of last month';
const none = { has: () => false };
const caller = { id: '6b012edf44ec20b89357d80f', email: 'a@test' };
const session = sessions([KEY, OLD_KEY], none);

const routes = Router();
routes.get('/me', session.require, (_req, res) => void res.json(callerOf(res)));
routes.post('/in', (req, res) => {
  session.issue(req, caller);
  res.json({});
});
routes.post('/out', (req, res) => {
  session.end(req);
  res.json({});
});
const app = createApp({ routes, missing: () => [], log: quiet });

const cookieWith = (token: unknown) => `session=${Buffer.from(JSON.stringify({ jwt: token })).toString('base64')}`;
const me = (cookie: string) => request(app).get('/me').set('Cookie', cookie);

test('knows the caller from sign-in until sign-out', async () => {
  const agent = request.agent(app);
  await agent.get('/me').expect(401, refusal('sign-in-first'));
  await agent.post('/in').expect(200);
  await agent.get('/me').expect(200, caller);
  await agent.post('/out').expect(200);
  await agent.get('/me').expect(401);
});

test('the cookie is httpOnly and lax, and secure where TLS ends upstream', async () => {
  const plain = await request(app).post('/in');
  expect(plain.headers['set-cookie']?.[0]).toMatch(/^session=.*; samesite=lax; httponly$/i);
  const behindTls = await request(app).post('/in').set('X-Forwarded-Proto', 'https');
  const cookie = behindTls.headers['set-cookie']?.[0] ?? '';
  expect(cookie).toMatch(/^__Host-session=[^;]+; path=\/; .*; secure; httponly$/i);
  expect(cookie).not.toMatch(/domain/i);
  const named = cookie.split(';')[0] ?? '';
  await me(named).set('X-Forwarded-Proto', 'https').expect(200, caller);
});

test('accepts tokens signed by any listed key; the first one signs', async () => {
  await me(cookieWith(sessions([OLD_KEY], none).sign(caller))).expect(200, caller);
  expect(jwt.verify(session.sign(caller), KEY)).toMatchObject(caller);
  expect(() => sessions([], none)).toThrow('at least one key');
});

test("a token begins and expires by the database's time, whatever the machine's clock shows", () => {
  const time = { now: new Date('2030-01-01T12:00:00Z') };
  const another = () => sessions([KEY], none, () => time.now);
  const token = another().sign(caller, undefined, 3_600_000);
  const read = (known = another()) => known.of({ headers: { cookie: cookieWith(token) } } as never)?.session;
  const known = another();
  expect(read(known)).toMatchObject({
    issuedAt: new Date('2030-01-01T12:00:00Z'),
    expiresAt: new Date('2030-01-01T13:00:00Z'),
  });
  const setBack = setClockAhead(10 * 365 * 86_400_000);
  time.now = new Date('2030-01-01T12:59:59Z');
  expect([read(known), read()].map(Boolean)).toEqual([true, true]);
  setBack();
  time.now = new Date('2030-01-01T13:00:00Z');
  expect([read(known), read()]).toEqual([undefined, undefined]);
});

test('a token carries a role, and only a known one', () => {
  const roleIn = (role: unknown) => {
    const token = session.sign(caller, { sid: 'a'.repeat(24), generation: 0, role: role as 'support' });
    return session.of({ headers: { cookie: cookieWith(token) } } as never)?.session;
  };
  expect(roleIn('support')).toMatchObject({ role: 'support' });
  expect(roleIn(undefined)).not.toHaveProperty('role');
  expect(roleIn('owner')).toBeUndefined();
});

describe('of a token that was accepted before', () => {
  const read = (known: typeof session, token: string) => known.of({ headers: { cookie: cookieWith(token) } } as never);

  test('the end and the expiry are noticed', () => {
    let [isEnded, time] = [false, new Date()];
    const known = sessions([KEY], { has: () => isEnded }, () => time);
    const token = known.sign(caller, undefined, 1_000);
    const { expiresAt } = read(known, token)!.session;
    isEnded = true;
    expect(read(known, token)).toBeUndefined();
    isEnded = false;
    expect(read(known, token)).toMatchObject({ caller });
    time = expiresAt;
    expect(read(known, token)).toBeUndefined();
  });

  test('a copy with other claims is refused', () => {
    const token = session.sign(caller);
    expect(read(session, token)).toMatchObject({ caller });
    const claims = Buffer.from(JSON.stringify({ ...(jwt.decode(token) as object), id: 'another' })).toString(
      'base64url',
    );
    expect(read(session, token.replace(/\.[^.]+\./, `.${claims}.`))).toBeUndefined();
  });
});

test('a session ends after a week', () => {
  const { iat, exp } = jwt.verify(session.sign(caller), KEY) as { iat: number; exp: number };
  expect(exp - iat).toBe(7 * 24 * 60 * 60);
});

test('over HTTPS only the cookie that sibling domains cannot set counts; signing out clears both', async () => {
  const plain = cookieWith(session.sign({ ...caller, id: 'another' }));
  const overTls = (cookie: string) => me(cookie).set('X-Forwarded-Proto', 'https');
  await overTls(plain).expect(401);
  await overTls(`${plain}; __Host-${cookieWith(session.sign(caller))}`).expect(200, caller);
  const out = await request(app).post('/out').set('Cookie', plain).set('X-Forwarded-Proto', 'https').expect(200);
  const ended = (out.headers['set-cookie'] as unknown as string[]).map((line) => line.split('=')[0]);
  expect(ended.sort()).toEqual(['__Host-session', 'session']);
});

test('responses that depend on the caller are never cached', async () => {
  const cookie = cookieWith(session.sign(caller));
  for (const answer of [me(cookie), me(''), request(app).post('/in'), request(app).post('/out')])
    expect((await answer).headers['cache-control']).toBe('no-store');
});

test.each([
  `session=${Buffer.from(JSON.stringify({ a: 'x'.repeat(5_000) })).toString('base64')} `,
  `session=${'x'.repeat(5_000)}`,
  'session=e30',
])('does not echo cookies back: %.20s', async (cookie) => {
  const answer = await me(cookie).expect(401);
  expect(answer.headers['set-cookie']).toBeUndefined();
});

const [header, , signature] = session.sign(caller).split('.');
const forged = Buffer.from(JSON.stringify({ ...caller, id: 'another', exp: 9_999_999_999 })).toString('base64url');

test.each([
  ['expired', jwt.sign(caller, KEY, { expiresIn: -1 })],
  ['signed with a foreign key', sessions(['another key'], none).sign(caller)],
  ['without an algorithm', jwt.sign(caller, null, { algorithm: 'none' })],
  ['signed with another algorithm and our key', jwt.sign(caller, KEY, { algorithm: 'HS512' })],
  ['tampered with', [header, forged, signature].join('.')],
  ['without a caller', jwt.sign({ id: 1 }, KEY)],
  ['not text', { jwt: 'nested' }],
  ['empty', ''],
])('a token that is %s has no caller', async (_case, token) => {
  await me(cookieWith(token)).expect(401);
});

test.each([
  'session=not-base64-of-json',
  'session=',
  `session=${Buffer.from('[1').toString('base64')}`,
  `session=${Buffer.from('null').toString('base64')}`,
])('a broken cookie has no caller: %s', async (cookie) => {
  await me(cookie).expect(401);
});

test('a route can ask for the caller, if any', async () => {
  const asking = express().get('/', (req, res) => void res.json(session.caller(req) ?? null));
  await request(asking).get('/').expect(200, 'null');
  await request(asking)
    .get('/')
    .set('Cookie', cookieWith(session.sign(caller)))
    .expect(200, caller);
});
