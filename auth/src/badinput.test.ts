import request from 'supertest';
import { Counts, readUserByEmail, Users } from './store';
import { PASSWORD, refusal, startAuth } from './testing';

let auth: Awaited<ReturnType<typeof startAuth>>;
let cookie: string;
let before: unknown;
const state = async () => ({
  users: await Users.find({}, { outbox: 0 }).lean(),
  failures: await Counts.countDocuments(),
});
beforeAll(async () => {
  auth = await startAuth();
  ({ cookie } = await auth.signUp('ann@test.com'));
  before = await state();
});
afterEach(async () => expect(await state()).toEqual(before));
afterAll(() => auth.stop());

const strange: unknown[] = [
  undefined,
  null,
  '',
  ' ',
  7,
  true,
  [],
  ['ann@test.com'],
  {},
  { $ne: null },
  { $gt: '' },
  { toString: 1 },
  'x'.repeat(60_000),
];
const EMAIL = refusal('email-invalid', 'email');
const LENGTH = refusal('password-length', 'password', { min: 8, max: 128 });

test.each([
  ...strange,
  'ann',
  'ann@',
  '@test.com',
  'a b@test.com',
  'ann@test.com\r\nBcc: x',
  `${'a'.repeat(300)}@test.com`,
])('rejects the email %j everywhere', async (email) => {
  await auth.post('signup', { email, password: PASSWORD }).expect(400, EMAIL);
  await auth.post('signin', { email, password: PASSWORD }).expect(400, EMAIL);
  const change = auth.change(cookie, { currentPassword: PASSWORD, email });
  await change.expect(400, email === undefined ? refusal('account-unchanged', 'email') : EMAIL);
});

test.each([...strange.filter((value) => typeof value !== 'string'), 'a\0@test.com', 'a\ud800@test.com'])(
  'no account is looked up by %j, which mongoose would not cast',
  async (email) => {
    const find = jest.spyOn(Users.collection, 'find');
    await expect(readUserByEmail(email as string)).rejects.toThrow();
    expect(find).not.toHaveBeenCalled();
    find.mockRestore();
  },
);

test.each([...strange, '1234567', 'x'.repeat(129)].filter((value) => value !== undefined))(
  'the password %j is refused everywhere',
  async (password) => {
    await auth.post('signup', { email: 'new@test.com', password }).expect(400, LENGTH);
    const { status, body } = await auth.change(cookie, { currentPassword: PASSWORD, newPassword: password });
    expect(status).toBe(400);
    expect(body.errors).toEqual(refusal('password-length', 'newPassword', { min: 8, max: 128 }).errors);
  },
);

test.each(strange.filter((value) => value !== ' '))('signing in with the password %j is refused', async (password) => {
  await auth.post('signin', { email: 'ann@test.com', password }).expect(400, refusal('password-missing', 'password'));
  const change = auth.change(cookie, { currentPassword: password, newPassword: 'password 2' });
  await change.expect(400, refusal('current-password-missing', 'currentPassword'));
});

test('reports every invalid field once', async () => {
  await auth.post('signup', {}).expect(400, { errors: [...EMAIL.errors, ...LENGTH.errors] });
  await auth.post('signup').expect(400, { errors: [...EMAIL.errors, ...LENGTH.errors] });
  await auth.post('signup', [{ email: 'new@test.com', password: PASSWORD }]).expect(400);
});

test.each([
  ['{"email":', 'application/json', 400, 'body-not-json'],
  ['"text"', 'application/json', 400, 'body-not-json'],
  [`{"email":"${'x'.repeat(70_000)}"}`, 'application/json', 413, 'body-too-large'],
])('answers the body %.20s of type %s with %i', async (body, type, status, code) => {
  const res = await request(auth.app).post('/api/users/signup').type(type).send(body).expect(status);
  expect(res.body).toEqual({ errors: [expect.objectContaining({ code })] });
});

test('a form is not JSON', () =>
  request(auth.app).post('/api/users/signup').type('form').send('email=new@test.com&password=password').expect(400));

test.each([
  { 'Sec-Fetch-Site': 'cross-site' },
  { 'Sec-Fetch-Site': 'same-site' },
  { Origin: 'https://elsewhere.test' },
])('rejects a write from another origin: %j', (headers) =>
  auth.post('signup', { email: 'new@test.com', password: PASSWORD }).set(headers).expect(403, refusal('other-site')),
);
