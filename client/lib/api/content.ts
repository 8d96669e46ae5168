import 'server-only';
import type { Readable } from 'node:stream';
import { json } from 'node:stream/consumers';
import type { Transfer, TransferBody } from '@ticketing/common/contract';
import { kindOf, type ContentKind } from '@/lib/buy/delivery';
import { documentPath } from './ask';
import { get } from './server';

/** What was handed over for a ticket: a transfer, or the kind of its file. */
export type Content = { kind: Exclude<ContentKind, 'transfer'> } | { kind: 'transfer'; transfer: Transfer };

/**
 * Opens what was handed over for a ticket; undefined if the visitor may not. The file itself is not fetched. Asking counts
 * as reading it, which proves the delivery: so only ask for a buyer who wants to see it.
 */
export async function openContent(ticketId: string): Promise<Content | undefined> {
  const path = documentPath('/api/tickets', ticketId);
  if (!path) return undefined;
  const { status, data, headers } = await get<Readable>(`${path}/delivery`, undefined, { isStream: true });
  const kind = status === 200 ? kindOf(String(headers['content-type'])) : undefined;
  if (kind === 'transfer') return { kind, transfer: ((await json(data)) as TransferBody).transfer };
  data.destroy();
  return kind && { kind };
}
