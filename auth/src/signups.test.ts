import { Users } from './store';
import { PASSWORD, refusal, startAuth } from './testing';

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => (auth = await startAuth(12)));
afterEach(() => auth.clear());
afterAll(() => auth.stop());

const signUp = (email: string, network = '10.0.0.1', password = PASSWORD) =>
  auth.post('signup', { email, password }).set('X-Forwarded-For', network);
const LIMITED = refusal('sign-ups-limited', undefined, { minutes: 60 });

test('limits sign-ups per hour and network; other networks are unaffected', async () => {
  const answers = await Promise.all(Array.from({ length: 30 }, (_, at) => signUp(`ann${at}@test.com`)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(12);
  for (const { body } of answers.filter(({ status }) => status === 429)) expect(body).toEqual(LIMITED);
  expect(await Users.countDocuments()).toBe(12);
  const res = await signUp('bob@test.com').expect(429, LIMITED);
  expect(Number(res.get('Retry-After'))).toBeGreaterThan(3_500);
  await signUp('bob@test.com', '10.0.0.2').expect(201);
  await signUp('carol@test.com', '2001:db8:1:2::1').expect(201);
});

test('an address gets five new accounts a day, however often they are deleted: a stranger is told of each', async () => {
  const form = ['ann@test.com', 'Ann@TEST.com'];
  for (let at = 0; at < 5; at++) {
    await signUp(form[at % 2] ?? '', `10.0.1.${at}`).expect(201);
    await signUp('ann@test.com', '10.0.2.1').expect(({ status }) => expect([400, 429]).toContain(status));
    await Users.deleteMany();
  }
  await signUp('ann@test.com', '10.0.1.9').expect(429, refusal('sign-ups-limited', undefined, { minutes: 1_440 }));
  await signUp('bob@test.com', '10.0.1.9').expect(201);
});

test('tells a network about five addresses in use, then about none', async () => {
  await signUp('ann@test.com', '10.0.0.2').expect(201);
  for (let probe = 0; probe < 5; probe++) await signUp('ann@test.com').expect(400, refusal('email-in-use', 'email'));
  await signUp('ann@test.com').expect(429, LIMITED);
  await signUp('nobody@test.com').expect(429, LIMITED);
});

test('changing an address reveals no more than signing up', async () => {
  const { id, cookie } = await auth.signUp('ann@test.com');
  await auth.confirm(id, 'ann@test.com');
  await signUp('bob@test.com').expect(201);
  const change = (email: string) =>
    auth.change(cookie, { currentPassword: PASSWORD, email }).set('X-Forwarded-For', '10.0.0.3');
  for (let probe = 0; probe < 5; probe++) await change('bob@test.com').expect(400, refusal('email-in-use', 'email'));
  await change('bob@test.com').expect(429, LIMITED);
  await change('nobody@test.com').expect(429, LIMITED);
});

describe('one person', () => {
  test('has one account, however the domain of their address is written', async () => {
    const { body } = (await signUp('Ann@MÜNCHEN.de').expect(201)) as { body: { email: string } };
    expect(body.email).toBe('ann@xn--mnchen-3ya.de');
    await signUp('ann@xn--mnchen-3ya.de').expect(400, refusal('email-in-use', 'email'));
    await auth.signIn('ann@xn--mnchen-3ya.de').expect(200);
    await auth.signIn('ann@mu\u0308nchen.de').expect(200);
  });

  test('can still sign in to an account stored with a Unicode domain, and cannot open a second one', async () => {
    await signUp('ann@münchen.de').expect(201);
    await Users.collection.updateOne({}, { $set: { email: 'ann@münchen.de' } });
    await auth.signIn('ann@münchen.de').expect(200);
    const res = await auth.signIn('ann@xn--mnchen-3ya.de').expect(200);
    expect(res.body).toMatchObject({ email: 'ann@münchen.de' });
    await signUp('ann@münchen.de').expect(400, refusal('email-in-use', 'email'));
    await signUp('ann@xn--mnchen-3ya.de').expect(400, refusal('email-in-use', 'email'));
    expect(await Users.countDocuments()).toBe(1);
  });
});

test.each([
  'an\u200bn@test.com',
  'ann@te\u00adst.com',
  'ann@test\u2060.com',
  'ann\ud800@test.com',
  'ann\ufe0f@test.com',
])('rejects the address %j with invisible characters', async (email) => {
  await signUp(email).expect(400, refusal('email-invalid', 'email'));
});

test.each(['pass\u0000word', 'password\n', '\ud800\ud801password', 'password\udfff'])(
  'the password %j has characters that cannot be stored',
  async (password) => {
    await signUp('ann@test.com', '10.0.0.1', password).expect(400, refusal('password-characters', 'password'));
  },
);

test('rejects a password of lone surrogates at sign-in too: they would all be equal', async () => {
  await auth.signIn('ann@test.com', '\ud800'.repeat(8)).expect(400, refusal('password-characters', 'password'));
});

test.each(['🎟️'.repeat(20), 'with blanks  '])('the password %j is accepted', async (password) => {
  await signUp('ann@test.com', '10.0.0.1', password).expect(201);
  await auth.signIn('ann@test.com', password).expect(200);
  await signUp('bob@test.com', '10.0.0.1', '🎟️'.repeat(50)).expect(
    400,
    refusal('password-length', 'password', { min: 8, max: 128 }),
  );
});
