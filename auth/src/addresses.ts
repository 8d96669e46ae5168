import { isDuplicateKey, retryConflicts, type Cause, type Outbox, type UserBody } from '@ticketing/common';
import { confirm, isProven, undo } from './domain/address';
import { aboutAccount, owed, welcome } from './domain/messages';
import * as domain from './domain/user';
import type { AccountLimits } from './limits';
import type { LinkKind, MailedLinks } from './messages/links';
import type { MessageQueue } from './messages/queue';
import * as store from './store';
import type { Visitor } from './visitor';

const DAY = 86_400_000;

/** Confirming, changing and restoring the addresses of accounts. */
export function createAddresses(
  outbox: Outbox,
  limits: AccountLimits,
  messages: Pick<MessageQueue, 'owe'>,
  links: Pick<MailedLinks, 'peek' | 'take'>,
  now: () => Date,
) {
  /** Checks a link; refuses invalid ones, and networks that try many. */
  async function peek(kind: LinkKind, token: string, network: string) {
    await limits.checkLinks(network);
    return (await links.peek(kind, token)) ?? limits.countBadLink(network);
  }

  /** Tells the owner of an address that someone tried to open another account with it, once a day. */
  async function tellOwner(email: string) {
    const owner = await store.readUserByEmail(email);
    if (!owner) return;
    const [id, at] = [owner._id.toString(), now()];
    await messages.owe([{ kind: 'exists', about: `${id}/${Math.floor(at.getTime() / DAY)}`, to: id, at, facts: {} }]);
  }

  /**
   * Runs a change that gives an account an address, once it is `admitted`; refuses one that another account has in any
   * form, or may restore.
   */
  async function claim<T>(
    { id, email }: UserBody,
    { network }: Visitor,
    write: () => Promise<T>,
    admitted?: Promise<void>,
  ): Promise<T> {
    try {
      const [isTaken] = await Promise.all([store.isTaken(email, id, now()), admitted]);
      if (!isTaken) return await write();
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    await limits.countProbe(network);
    await tellOwner(email);
    throw domain.emailInUse();
  }

  /** Queues the message with the link that confirms an account's address, or its pending one. */
  const send = (id: string, sendTo?: string) =>
    messages.owe([
      sendTo === undefined ? aboutAccount('confirm', id, {}, now()) : aboutAccount('move', id, { sendTo }, now()),
    ]);

  return {
    peek,
    claim,

    /**
     * Confirms an address by the link that was sent to it; a link to any other confirms nothing. The link is used up once
     * that is done: it may be followed again after a failure.
     */
    async confirm(token: string, visitor: Visitor, cause: Cause): Promise<UserBody> {
      const link = await peek('confirm', token, visitor.network);
      const confirmed = await retryConflicts(async () => {
        const user = await store.loadUser(link.userId);
        const changes = user && confirm(user.toObject(), link.email, now());
        if (!user || !changes) throw domain.linkExpired();
        const { email: former, confirmedAt: wasConfirmed } = user;
        const data = store.toData(link.userId, user.set(changes));
        const isMoved = data.email !== former && wasConfirmed;
        const events = [
          { subject: 'user:updated' as const, data },
          ...(isMoved ? [owed(aboutAccount('moved', link.userId, { sendTo: former }, now()))] : []),
          ...(wasConfirmed ? [] : [owed(welcome(link.userId, now()))]),
        ];
        await claim(data, visitor, () => outbox.commit(user, events, cause));
        visitor.log('address-confirmed', link.userId);
        return store.toBody(data);
      });
      await links.take('confirm', token);
      return confirmed;
    },

    /** Undoes a change of address by the link sent to the former one, and ends all sessions. The link is used up as above. */
    async undo(token: string, visitor: Visitor, cause: Cause): Promise<UserBody> {
      const link = await peek('undo', token, visitor.network);
      const undone = await retryConflicts(async () => {
        const user = await store.loadUser(link.userId);
        const changes = user && undo(user.toObject(), link.email, now());
        if (!user || !changes) throw domain.linkExpired();
        const data = store.toData(link.userId, user.set(changes));
        const ended = domain.endSessions(user, link.userId, now());
        const write = () => outbox.commit(user, [{ subject: 'user:updated', data }, ...ended], cause);
        await claim(data, visitor, write);
        visitor.log('address-restored', link.userId);
        return store.toBody(data);
      });
      await links.take('undo', token);
      return undone;
    },

    /** Resends the link that confirms the pending address, or else the current one. */
    async sendConfirmation(id: string) {
      const user = domain.existing(await store.readAccount(id));
      await limits.countLink(id, user.pendingEmail ?? user.email);
      if (user.pendingEmail || !isProven(user)) await send(id, user.pendingEmail ?? undefined);
    },

    /** Drops the pending address. */
    forgetPending: (id: string, cause: Cause) =>
      retryConflicts(async () => {
        const user = domain.existing(await store.loadUser(id));
        await outbox.commit(user.set({ pendingEmail: null }), [], cause);
      }),
  };
}

export type Addresses = ReturnType<typeof createAddresses>;
