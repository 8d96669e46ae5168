import { Users } from './store';
import { PASSWORD, startAuth } from './testing';

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => (auth = await startAuth()));
afterEach(() => auth.clear());
afterAll(() => auth.stop());

const [ANN, NEXT, LAST] = ['ann@test.com', 'next@test.com', 'last@test.com'];
const [BY_RESET, BY_CHANGE] = ['set by a reset', 'set by a change'];

/** Someone who changed from ANN to NEXT and requested LAST, with a link for everything that can be done about it. */
async function someone() {
  const { id, cookie } = await auth.signUp(ANN);
  expect((await auth.confirm(id, ANN)).status).toBe(200);
  await auth.change(cookie, { currentPassword: PASSWORD, email: NEXT }).expect(200);
  expect((await auth.confirm(id, NEXT)).status).toBe(200);
  await auth.change(cookie, { currentPassword: PASSWORD, email: LAST }).expect(200);
  const { links } = auth;
  return {
    id,
    cookie,
    undo: await links.issue('undo', id, ANN),
    confirm: await links.issue('confirm', id, LAST),
    reset: await links.issue('reset', id, NEXT),
  };
}

test.each([1, 2, 3])('concurrent changes to an account have the effect of some order of them (%i)', async () => {
  const { id, cookie, ...links } = await someone();
  const before = await Users.findById(id).lean();
  const done = await Promise.all([
    auth.post('reset', { token: links.reset, password: BY_RESET }),
    auth.change(cookie, { currentPassword: PASSWORD, newPassword: BY_CHANGE }),
    auth.post('undo', { token: links.undo }),
    auth.post('confirm', { token: links.confirm }),
    auth.post('me/app').set('Cookie', cookie),
  ]);
  const [reset, change, undo, confirm] = done.map(({ status }) => status);
  for (const { status } of done) expect([200, 400, 401, 403]).toContain(status);
  const after = await Users.findById(id).lean();
  // Each change that ends all sessions did so separately.
  const ends = [reset, change, undo].filter((status) => status === 200).length;
  expect((after?.generation ?? 0) - (before?.generation ?? 0)).toBe(ends);
  expect(auth.ended.has({ ...sessionOf(id), generation: (after?.generation ?? 0) - 1 })).toBe(ends > 0);
  // The account has exactly one address and one password.
  const email = after?.email ?? '';
  expect([ANN, NEXT, LAST]).toContain(email);
  if (undo === 200) expect(email).toBe(ANN);
  else expect(email).toBe(confirm === 200 ? LAST : NEXT);
  const passwords = [PASSWORD, BY_RESET, BY_CHANGE];
  const tried = await Promise.all(passwords.map((password) => auth.signIn(email, password)));
  const right = passwords.filter((_, at) => tried[at]?.status === 200);
  expect(right).toHaveLength(1);
  if (reset !== 200 && change !== 200) expect(right).toEqual([PASSWORD]);
  if (reset === 200 && change !== 200) expect(right).toEqual([BY_RESET]);
  if (reset !== 200 && change === 200) expect(right).toEqual([BY_CHANGE]);
  expect(after?.pendingEmail ?? null).toBe(
    reset === 200 || change === 200 || undo === 200 || confirm === 200 ? null : LAST,
  );
  // Links that worked, or lost the race, no longer do anything.
  for (const [path, token] of Object.entries(links)) {
    if (done[Object.keys({ reset, change, undo, confirm }).indexOf(path)]?.status !== 200) continue;
    await auth.post(path, { token, password: 'yet another one' }).expect(400);
  }
});

const sessionOf = (userId: string) => ({ userId, sid: '', issuedAt: new Date(), expiresAt: new Date() });
