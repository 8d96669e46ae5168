import type { ExportBody } from '@ticketing/common/contract';
import { request } from './request';

/** Downloading one's data and deleting the account, for the browser. */

const paths = {
  account: '/users/me/export',
  tickets: '/tickets/mine/export',
  orders: '/orders/export',
  payments: '/payments/export',
};
export type ExportName = keyof typeof paths;
export const exportNames = Object.keys(paths) as ExportName[];

/** What each service holds about the visitor, as far as received. */
export type Exported = Partial<Record<ExportName, ExportBody>>;

/** Fetches what is missing from the visitor's data; leaves out what is unavailable. */
export async function completeExport(known: Exported): Promise<Exported> {
  const missing = exportNames.filter((name) => !known[name]);
  const answers = await Promise.all(
    missing.map((name) => request<ExportBody>('GET', paths[name]).catch(() => undefined)),
  );
  const added = missing.flatMap((name, at) => (answers[at] ? [[name, answers[at].data]] : []));
  return { ...known, ...(Object.fromEntries(added) as Exported) };
}

/** Requests the deletion of the visitor's account, once nothing of theirs is open. */
export const leave = () => request<{ leavingAt: string }>('DELETE', '/users/me');
/** Cancels that. */
export const stay = () => request('DELETE', '/users/me/leaving');
