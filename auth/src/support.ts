import {
  conflict,
  countParked,
  Refusal,
  retryConflicts,
  untilLasting,
  type Cause,
  type MessageBody,
  type NewEvent,
  type Outbox,
  type PeopleQueueBody,
  type PersonBody,
} from '@ticketing/common';
import * as desk from './deskStore';
import { vouch } from './domain/address';
import { freeze, refuseOwn, refuseStaff } from './domain/desk';
import { aboutAccount, isSendable, owed, welcome } from './domain/messages';
import { endSessions, type User } from './domain/user';
import type { MessageQueue } from './messages/queue';
import { countAlive } from './sessionStore';
import * as store from './store';

/** The desk's changes to an account and their events; undefined if there is nothing to change. */
type Plan = (user: User) => { set: Partial<User>; ends?: boolean; events?: NewEvent[] } | undefined;

/** The support desk's actions on accounts and messages. */
export function createSupport(outbox: Outbox, messages: Pick<MessageQueue, 'again'>, now: () => Date) {
  async function toPerson(user: store.StoredUser): Promise<PersonBody> {
    const id = user._id.toString();
    const { email, name = null, confirmedAt, pendingEmail = null, twoStepSince, role = null, frozenAt } = user;
    return {
      ...{ id, email, name, pendingEmail, role },
      memberSince: user._id.getTimestamp().toISOString(),
      confirmedAt: confirmedAt?.toISOString() ?? null,
      twoStepSince: twoStepSince?.toISOString() ?? null,
      frozenAt: frozenAt?.toISOString() ?? null,
      sessions: await countAlive(id, user.generation ?? 0, now()),
    };
  }

  const load = async (id: string) => {
    const user = await store.loadUser(id);
    if (!user) throw new Refusal('user-not-found');
    return user;
  };

  /** Changes someone else's account. */
  const change = (id: string, cause: Cause, planFor: Plan): Promise<PersonBody> =>
    retryConflicts(async () => {
      refuseOwn(id, cause.by);
      const user = await load(id);
      const plan = planFor(user.toObject());
      if (plan) {
        const data = store.toData(id, user.set(plan.set));
        const isTold = Object.keys(plan.set).length > 0;
        const ended = plan.ends ? endSessions(user, id, now()) : [];
        const updated: NewEvent[] = isTold ? [{ subject: 'user:updated', data }] : [];
        await outbox.commit(user, [...updated, ...ended, ...(plan.events ?? [])], cause);
        // It is already so, and the response says so: wait until that is durable.
      } else await untilLasting(store.Users, user);
      return toPerson(user.toObject());
    });

  return {
    find: async (q: string): Promise<PersonBody[]> => Promise.all((await desk.findPeople(q)).map(toPerson)),

    show: async (id: string): Promise<PersonBody> => toPerson((await load(id)).toObject()),

    /** Freezes an account, and notifies its owner. A concurrent sign-in gets a session that has already ended. */
    freeze: (id: string, cause: Cause) =>
      change(id, cause, (user) => {
        const set = freeze(user, now());
        return set && { set, ends: true, events: [owed(aboutAccount('frozen', id, {}, now()))] };
      }),

    unfreeze: (id: string, cause: Cause) =>
      change(id, cause, ({ frozenAt }) =>
        frozenAt ? { set: { frozenAt: null }, events: [owed(aboutAccount('unfrozen', id, {}, now()))] } : undefined,
      ),

    /** Confirms an account's address for its owner. Who did is kept until the owner opens a link sent to it. */
    confirm: (id: string, cause: Cause) =>
      change(id, cause, (user) => {
        const set = vouch(user, cause.by, now());
        return set && { set, events: [owed(welcome(id, now()))] };
      }),

    endSessions: (id: string, cause: Cause) =>
      change(id, cause, (user) => {
        refuseStaff(user);
        return { set: {}, ends: true };
      }),

    async messages({ about, to }: { about?: string; to?: string }): Promise<MessageBody[]> {
      if (to === undefined) return (await desk.messagesAbout(about ?? '')).map(toMessage);
      const user = await store.readAccount(to);
      return (await desk.messagesTo(to, user?.email)).map(toMessage);
    },

    /** Sends a message again, unless it is about to be sent anyway. */
    send: (id: string, { by }: Cause): Promise<MessageBody> =>
      retryConflicts(async () => {
        const message = await desk.readMessage(id);
        if (!message) throw new Refusal('message-not-found');
        refuseOwn(message.to, by);
        if (!isSendable(message)) throw new Refusal('message-void');
        const isDue = message.dueAt !== undefined && message.dueAt <= now();
        if (!isDue && !(await messages.again(message))) throw conflict();
        return toMessage((await desk.readMessage(id)) ?? message);
      }),

    async queue(): Promise<PeopleQueueBody> {
      const [parked, deadLetters] = await Promise.all([desk.messagesParked(), countParked()]);
      return { messages: parked.map(toMessage), deadLetters };
    },
  };
}

export type Support = ReturnType<typeof createSupport>;

const toMessage = ({ _id, kind, to, owedAt, problem, ...times }: store.StoredMessage): MessageBody => ({
  ...{ id: _id, kind, to, problem: problem ?? null },
  owedAt: owedAt.toISOString(),
  dueAt: times.dueAt?.toISOString() ?? null,
  sentAt: times.sentAt?.toISOString() ?? null,
  parkedAt: times.parkedAt?.toISOString() ?? null,
});
