import { retryConflicts, type Cause, type Outbox } from '@ticketing/common';
import * as domain from './domain/user';
import type { Unsubscribing } from './messages/unsubscribing';
import * as store from './store';

/** Whether an account gets optional messages. */
export function createSubscriptions(outbox: Outbox, links: Pick<Unsubscribing, 'accountOf'>) {
  const subscribe = (id: string, isSubscribed: boolean, cause: Cause) =>
    retryConflicts(async () => {
      const user = domain.existing(await store.loadUser(id));
      await outbox.commit(user.set({ isUnsubscribed: !isSubscribed }), [], cause);
    });

  return {
    subscribe,

    /** Stops them through the link in a message, which can be used repeatedly. */
    async unsubscribe(token: string, cause: Cause) {
      const id = links.accountOf(token);
      if (id === undefined) throw domain.linkExpired();
      await subscribe(id, false, cause);
    },
  };
}
