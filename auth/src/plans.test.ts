import { until } from '@ticketing/common/testing';
import mongoose from 'mongoose';
import request from 'supertest';
import { Links, Messages, Sessions, Users } from './store';
import { cookieIn, PASSWORD } from './testing';
import { mailedAuth, tokenIn } from './testing/mailbox';

const served = mailedAuth();
const { auth } = served;

const COUNT = 3_000;
/** An account has a hundred sessions, and a few that are over. */
const BOUND = 250;
const soon = new Date(Date.now() + 86_400_000);

/** MongoDB's profiler entry for an operation. */
interface Profiled {
  ns: string;
  op: string;
  command: object;
  planSummary?: string;
  docsExamined?: number;
  keysExamined?: number;
}

/** Many accounts, each with everything an account may have. */
async function fill() {
  const each = <T>(make: (at: number) => T) => Array.from({ length: COUNT }, (_, at) => make(at));
  const ids = each(() => new mongoose.Types.ObjectId());
  const idOf = (at: number) => ids[at]?.toString() ?? '';
  const aUser = (at: number) => ({
    ...{ _id: ids[at], version: 0, outbox: [], email: `person${at}@many.com`, passwordHash: 'none' },
    formerEmails: [{ email: `former${at}@many.com`, until: soon }],
    passkeys: [{ credential: `credential${at}` }],
  });
  const aSession = (at: number) => ({
    ...{ userId: idOf(at), generation: 0, version: 0, outbox: [], lastUsedAt: new Date(), expiresAt: soon },
  });
  const aMessage = (at: number) => ({
    ...{ _id: `${at}/confirm/${idOf(at)}`, kind: 'confirm', to: idOf(at), facts: {}, tries: 1, owedAt: new Date() },
    ...(at % 2 ? { dueAt: soon } : { sentAt: new Date() }),
  });
  await Users.collection.insertMany(each(aUser) as never[]);
  await Sessions.collection.insertMany(each(aSession) as never[]);
  await Messages.collection.insertMany(each(aMessage) as never[]);
  await Links.collection.insertMany(
    each((at) => ({ userId: idOf(at), kind: 'confirm', hash: `${at}`, email: '', expiresAt: soon })) as never[],
  );
}

test('every operation reads only a few documents, however many there are', async () => {
  await fill();
  const { db } = mongoose.connection;
  await db?.command({ profile: 2 });
  const { id, cookie } = await auth.signUp('ann@test.com');
  await until(() => Messages.exists({ _id: `${id}/confirm/${id}` }));
  await served.sendDue();
  const token = tokenIn(await served.mailbox.received('ann@test.com'));
  await auth.post('confirm', { token }).expect(200);
  await auth.post('signup', { email: 'ann@test.com', password: PASSWORD }).expect(400);
  const moved = await auth.change(cookie, { currentPassword: PASSWORD, email: 'ann@new.com' }).expect(200);
  await auth.confirm(id, 'ann@new.com');
  await auth.post('undo', { token: await auth.links.issue('undo', id, 'ann@test.com') }).expect(200);
  const next = cookieIn(await auth.signIn('ann@test.com').expect(200));
  await auth.get('sessions', next).expect(200);
  await auth.get('me', next).expect(200);
  await request(auth.app).delete('/api/users/sessions').set('Cookie', next).expect(204);
  await auth.post('forgot', { email: 'ann@test.com' }).expect(202);
  await served.sendDue();
  await auth.post('passkeys/options').expect(200);
  await auth.post('signout').set('Cookie', cookieIn(moved)).expect(200);
  await auth
    .post('reset', { token: await auth.links.issue('reset', id, 'ann@test.com'), password: PASSWORD })
    .expect(200);
  await db?.command({ profile: 0 });
  const all = (await db?.collection('system.profile').find().toArray()) as unknown as Profiled[];
  const asked = all.filter(({ op, planSummary }) => planSummary !== undefined || op === 'query');
  expect(new Set(asked.map(({ ns }) => ns.split('.').pop()))).toEqual(
    new Set(['users', 'sessions', 'messages', 'links', 'failures', 'endedsessions']),
  );
  const bad = asked.filter(
    ({ planSummary = '', docsExamined = 0, keysExamined = 0, ns }) =>
      docsExamined + keysExamined > BOUND || (planSummary.includes('COLLSCAN') && !ns.endsWith('endedsessions')),
  );
  const shown = bad.map(({ ns, op, command, planSummary, docsExamined, keysExamined }) =>
    [ns.split('.')[1], op, planSummary, docsExamined, keysExamined, JSON.stringify(command).slice(0, 300)].join(' '),
  );
  expect(shown).toEqual([]);
});
