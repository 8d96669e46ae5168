import { Sessions } from '../store';
import { cookieIn, PASSWORD, type startAuth } from '.';

export const ANN = 'ann@test.com';
export const HOUR = 3_600_000;
export const FORMERLY = new Date(Date.now() - HOUR);

/** Stores sessions of an account that have just been used. */
export const seed = (userId: string, count: number, changes = {}) => {
  const [lastUsedAt, expiresAt] = [new Date(), new Date(Date.now() + HOUR)];
  const one = { userId, generation: 0, browser: null, network: '', lastUsedAt, expiresAt, ...changes };
  return Sessions.create(Array.from({ length: count }, () => one));
};

/**
 * An account with other sessions, all of which were used since its first one was; the cookie of that one, and the one by
 * which it knows a browser.
 */
export async function openKnown(auth: Awaited<ReturnType<typeof startAuth>>, count = 0, changes = {}) {
  const answer = await auth.post('signup', { email: ANN, password: PASSWORD }).expect(201);
  const { id } = answer.body as { id: string };
  const first = await Sessions.findOneAndUpdate({}, { lastUsedAt: FORMERLY }).orFail();
  await seed(id, count, changes);
  return { id, sid: first.id as string, device: cookieIn(answer, ['device']), cookie: cookieIn(answer) };
}
