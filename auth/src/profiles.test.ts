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

const refused = (code: string) => async (name: string) => {
  const { id, cookie } = await auth.signUp('ann@test.com');
  expect((await rename(cookie, name).expect(400)).body).toMatchObject({ errors: [{ code, field: 'name' }] });
  expect((await profile(id)).body).toMatchObject({ name: null });
};

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

test.each([
  'Ticketing',
  'Ticketing Support',
  '✅ Ticketing',
  'Tіcketing',
  'TICKETING.',
  'T i c k e t i n g',
  'Ticket-ing',
  'Ti-ck-et ing',
  'Ti-ck-et-ing Team',
  'My Sup-port',
])('nobody can be called %j: that would impersonate us', refused('name-misleading'));
test.each([
  'T1cketing',
  'Tlcketing',
  'Tic\u200Bketing',
  'Ţicketíng',
  'Ｔｉｃｋｅｔｉｎｇ',
  '𝗧icketing',
  '🅣🅸cketing',
  'myticketing24',
])('nor %j, which looks like it', refused('name-misleading'));
test.each([
  'Support',
  'The support!',
  'Suppоrt-Team',
  'Admin',
  'Ann ✔',
  'Kundenservice',
  'Kunden-Service',
  'Help Desk',
  'Kundenbetreuung',
])('nor %j', refused('name-misleading'));
test.each([
  'ann@test.com',
  'Ann @ann_b',
  'ann (at) mail',
  'https://x.io',
  'www.ann',
  'ann-tickets.de',
  'st.com',
  'mr.io',
  'ann dot com',
])('a name cannot contain an address: %j', refused('name-contact'));
test.each(['Ann +49 170 123', 'Ann 0170/1234567', '０１７０１２３４５', '٠١٧٠١٢٣٤٥'])(
  'nor a phone number: %j',
  refused('name-contact'),
);
test.each([
  'Ann’s tickets',
  'Ticket Ingrid',
  'Ticket in Genf',
  'J.R. Smith',
  'Dr.Max',
  'Hr.Meier',
  'Ann.Smith',
  'St.Pauli Fan',
  'Supporter',
  'Ann 2026',
  'Анна',
  'Ανδρέας',
  'Li 李',
  'Ann!',
])('anyone may be called %j', async (name) => {
  const { cookie } = await auth.signUp('ann@test.com');
  await rename(cookie, name).expect(200);
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
