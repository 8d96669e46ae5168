import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { OBJECT_ID, retryConflicts, untilLasting, type NewEvent, type Outbox } from '@ticketing/common';
import { isTold, readStaff } from './deskStore';
import { isProven } from './domain/address';
import { endSessions, normalise } from './domain/user';
import { loadUser, readUserByEmail, Users } from './store';

const USAGE = 'staff add|remove ADDRESS|ACCOUNT, or staff list';
/** How long to wait for NATS to acknowledge what was written, in milliseconds. */
const TELL_LIMIT = 5_000;
const LATER = 'NATS is away: other services hear of it as soon as it is back';

type Account = NonNullable<Awaited<ReturnType<typeof loadUser>>>;

/**
 * The command that manages the support desk: `npm run staff -w auth -- add|remove ADDRESS` (or the account's id), or `list`.
 * Someone who is added has to sign in again, with a second factor; someone who is removed is signed out, everywhere at once
 * if NATS is available.
 * @param reach connects to NATS; false if it is down
 */
export const createStaff = (outbox: Outbox, reach: () => Promise<boolean>, now: () => Date) => {
  const accountOf = async (who: string) => {
    const user = OBJECT_ID.test(who) ? await loadUser(who) : await ownerOf(who);
    if (!user) throw new Error(`No account has the address or id ${who}`);
    return user;
  };

  /** Writes a change, and waits until it has been published. */
  async function commit(user: Account, events: NewEvent[]) {
    const isThere = await reach();
    await outbox.commit(user, events, { trace: randomUUID() });
    for (const end = performance.now() + TELL_LIMIT; isThere && performance.now() < end; await delay(50))
      if (await isTold(user._id)) return {};
    return { note: LATER };
  }

  const add = (who: string) =>
    retryConflicts(async () => {
      const user = await accountOf(who);
      refuseStranger(user);
      const before = user.role === 'support';
      const said = { account: user.id as string, role: 'support', isTwoStep: Boolean(user.twoStepSince), before };
      if (!before) return { ...said, ...(await commit(user.set({ role: 'support' }), [])) };
      await untilLasting(Users, user);
      return said;
    });

  const remove = (who: string) =>
    retryConflicts(async () => {
      const user = await accountOf(who);
      const account = user.id as string;
      if (user.role)
        return { account, role: null, ...(await commit(user.set({ role: null }), endSessions(user, account, now()))) };
      await untilLasting(Users, user);
      throw new Error(`The account of ${who} is not at the support desk: \`staff list\` says which are`);
    });

  const list = async () => ({
    staff: (await readStaff()).map(({ _id, email, twoStepSince }) => ({
      account: _id.toString(),
      email,
      isTwoStep: Boolean(twoStepSince),
    })),
  });

  return (args: string[]): Promise<object> => {
    const [action, who, ...rest] = args;
    if (action === 'list' && who === undefined) return list();
    if (who === undefined || rest.length > 0 || (action !== 'add' && action !== 'remove'))
      throw new Error(`Usage: ${USAGE}`);
    return action === 'add' ? add(who) : remove(who);
  };
};

async function ownerOf(address: string): Promise<Account | null> {
  normalise(address);
  const found = await readUserByEmail(address);
  return found && loadUser(found._id.toString());
}

/** One person must not be two members of the desk: a member could confirm an address they made up. */
function refuseStranger(user: Account) {
  const { email } = user;
  if (!user.confirmedAt)
    throw new Error(
      `${email} is not confirmed, so its account may be somebody else's: first its owner has to open the link sent there`,
    );
  if (!isProven(user))
    throw new Error(
      `${email} was or may have been confirmed by the support desk: first its owner has to follow a link sent there, ` +
        'to set a new password or to confirm it',
    );
  if (user.frozenAt) throw new Error(`The account of ${email} is frozen`);
}
