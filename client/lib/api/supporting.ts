import { actionOf, type ActionName } from '@/lib/support/actions';
import { request } from './request';

/** What is sent with every action: its reason, and what was seen. */
type Said = Record<string, string | number> & { reason: string };

/** Takes an action of the support desk. Returns whether it waits for a second person. */
export async function takeAction(name: ActionName, id: string, said: Said): Promise<{ isProposed: boolean }> {
  const { path, values } = actionOf(name);
  const body = { ...values?.(id), ...said };
  const { data } = await request<{ proposal?: object | null } | undefined>('POST', path(id), body);
  return { isProposed: Boolean(data?.proposal) };
}
