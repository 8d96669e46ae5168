import type { ExportBody } from '@ticketing/common/contract';
import { request } from './request';

/** The API of taking one's data along, and of leaving, for the browser. */

const paths = {
  account: '/users/me/export',
  tickets: '/tickets/mine/export',
  orders: '/orders/export',
  payments: '/payments/export',
};
export type ExportName = keyof typeof paths;
export const exportNames = Object.keys(paths) as ExportName[];

/** What each service holds about the visitor, as far as it is here. */
export type Exported = Partial<Record<ExportName, ExportBody>>;

/** Adds what is missing of the visitor's data; what cannot be had now is left out. */
export async function completeExport(known: Exported): Promise<Exported> {
  const missing = exportNames.filter((name) => !known[name]);
  const answers = await Promise.all(
    missing.map((name) => request<ExportBody>('GET', paths[name]).catch(() => undefined)),
  );
  const added = missing.flatMap((name, at) => (answers[at] ? [[name, answers[at].data]] : []));
  return { ...known, ...(Object.fromEntries(added) as Exported) };
}

/** Has the visitor's account deleted, once nothing of theirs is open. */
export const leave = () => request<{ leavingAt: string }>('DELETE', '/users/me');
/** Keeps it after all. */
export const stay = () => request('DELETE', '/users/me/leaving');
