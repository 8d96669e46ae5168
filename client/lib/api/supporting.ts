import { actionOf, type ActionName } from '@/lib/support/actions';
import { request } from './request';

/** Takes an action of the support desk. Returns whether it waits for a second person. */
export async function takeAction(name: ActionName, id: string, reason: string): Promise<{ isProposed: boolean }> {
  const { path, values } = actionOf(name);
  const { data } = await request<{ proposal?: object | null } | undefined>('POST', path(id), {
    ...values?.(id),
    reason,
  });
  return { isProposed: Boolean(data?.proposal) };
}
