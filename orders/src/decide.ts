import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { OBJECT_ID } from '@ticketing/common';
import type { Operations } from './operations';

const USAGE = 'decide ORDER refund|pay --why "..." [--by NAME]';

/**
 * Decides a claim, as a command: `npm run decide -w orders -- ORDER refund|pay --why "..."`. The service's processes
 * publish what it writes.
 */
export const createDecide = (orders: Pick<Operations, 'decide'>) => async (args: string[]) => {
  const { id, decision, why, by } = parse(args);
  const changed = await orders.decide(id, { decision, why, by }, { trace: randomUUID(), refusable: true });
  return { order: id, decision, by, before: !changed };
};

function parse(args: string[]) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { why: { type: 'string' }, by: { type: 'string' } },
  });
  const [id = '', decision, ...rest] = positionals;
  const why = values.why?.trim();
  if (!OBJECT_ID.test(id) || (decision !== 'refund' && decision !== 'pay') || !why || rest.length > 0)
    throw new Error(`Usage: ${USAGE}`);
  return { id: id.toLowerCase(), decision, why, by: values.by?.trim() || whoRunsThis() } as const;
}

/** In a container the user may have no name. */
function whoRunsThis(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`;
  }
}
