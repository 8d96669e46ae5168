import { randomUUID } from 'node:crypto';
import { retryConflicts, type Outbox } from '@ticketing/common';
import { readStaff } from './deskStore';
import { endSessions, normalise } from './domain/user';
import { loadUser, readUserByEmail } from './store';

const USAGE = 'staff add|remove ADDRESS, or staff list';

/**
 * Who is at the support desk, as a command: `npm run staff -w auth -- add|remove ADDRESS`, or `list`. Who is added signs in
 * anew, with a second factor; who is removed is signed out. The service's processes publish what it writes.
 */
export const createStaff = (outbox: Outbox, now: () => Date) => {
  const accountOf = async (address: string) => {
    normalise(address);
    const found = await readUserByEmail(address);
    const user = found && (await loadUser(found._id.toString()));
    if (!user) throw new Error(`No account has the address ${address}`);
    return user;
  };

  const add = (address: string) =>
    retryConflicts(async () => {
      const user = await accountOf(address);
      if (!user.confirmedAt) throw new Error(`${address} is not confirmed: its account may be somebody else's`);
      if (user.frozenAt) throw new Error(`The account of ${address} is frozen`);
      const before = user.role === 'support';
      if (!before) await outbox.commit(user.set({ role: 'support' }), [], { trace: randomUUID() });
      return { account: user.id as string, role: 'support', isTwoStep: Boolean(user.twoStepSince), before };
    });

  const remove = (address: string) =>
    retryConflicts(async () => {
      const user = await accountOf(address);
      const before = !user.role;
      if (!before)
        await outbox.commit(user.set({ role: null }), endSessions(user, user.id as string, now()), {
          trace: randomUUID(),
        });
      return { account: user.id as string, role: null, before };
    });

  const list = async () => ({
    staff: (await readStaff()).map(({ _id, email, twoStepSince }) => ({
      account: _id.toString(),
      email,
      isTwoStep: Boolean(twoStepSince),
    })),
  });

  return (args: string[]): Promise<object> => {
    const [action, address, ...rest] = args;
    if (action === 'list' && address === undefined) return list();
    if (address === undefined || rest.length > 0 || (action !== 'add' && action !== 'remove'))
      throw new Error(`Usage: ${USAGE}`);
    return action === 'add' ? add(address) : remove(address);
  };
};
