import { newId } from '@ticketing/common/testing';
import request from 'supertest';
import { PASSWORD, refusal, startAuth } from './testing';

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => (auth = await startAuth()));
afterEach(() => auth.clear());
afterAll(() => auth.stop());

const rename = (cookie: string, name: unknown) =>
  request(auth.app).put('/api/users/me/name').set('Cookie', cookie).send({ name });
const profile = (id: string) => request(auth.app).get(`/api/users/${id}`);

test('shows the name its owner chose, and no email address', async () => {
  const { id, cookie } = await auth.signUp('ann@test.com');
  const memberSince = new Date(parseInt(id.slice(0, 8), 16) * 1_000).toISOString();
  expect((await profile(id).expect(200)).body).toEqual({ id, name: null, memberSince });
  expect((await rename(cookie, ' Ann’s tickets ').expect(200)).body).toEqual({
    id,
    name: 'Ann’s tickets',
    memberSince,
  });
  expect((await profile(id).expect(200)).body).toEqual({ id, name: 'Ann’s tickets', memberSince });
});

test('a name can be removed', async () => {
  const { id, cookie } = await auth.signUp('ann@test.com');
  await rename(cookie, 'Ann').expect(200);
  await rename(cookie, '').expect(200);
  expect((await profile(id)).body).toMatchObject({ name: null });
});

test.each([
  ['x'.repeat(51), 'text-too-long'],
  ['two\nlines', 'text-characters'],
])('rejects the name %j', async (name, code) => {
  const { id, cookie } = await auth.signUp('ann@test.com');
  const res = await rename(cookie, name).expect(400);
  expect(res.body).toMatchObject({ errors: [{ code, field: 'name' }] });
  expect((await profile(id)).body).toMatchObject({ name: null });
});

test('a new password does not change the name', async () => {
  const { id, cookie } = await auth.signUp('ann@test.com');
  await rename(cookie, 'Ann').expect(200);
  await auth.change(cookie, { currentPassword: PASSWORD, newPassword: 'another password' }).expect(200);
  expect((await profile(id)).body).toMatchObject({ name: 'Ann' });
});

test('unknown profiles are 404, and renaming needs a session', async () => {
  expect((await profile(newId()).expect(404)).body).toEqual(refusal('user-not-found'));
  await profile('nobody').expect(400);
  await rename('', 'Ann').expect(401);
});
