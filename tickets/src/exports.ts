import { exportOf, ListingInput, type ExportPart } from '@ticketing/common';
import { fileStore } from './fileStore';
import type { DeliveryTerms } from './deliveries';
import { keyedHash, sealing } from './sealing';
import { Files, newId, Reports, Tickets, Users, type StoredTicket } from './store';
import { createReports } from './reports';

const ours = 'makes a listing findable; it follows from what is exported';

/** The export of what this service holds about someone. */
export function heldBy(terms: DeliveryTerms): ExportPart[] {
  const files = fileStore(sealing(terms.deliveryKeys), terms);
  const { byAccount } = createReports(keyedHash(terms.barcodeKey), () => new Date());
  return [
    exportOf('account', Users, (id) => ({ _id: newId(id) }), ['confirmedAt', 'frozenAt', 'leaving'], {
      frozenHeardAt: 'when frozenAt was heard',
    }),
    exportOf(
      'listings',
      Tickets,
      (userId) => ({ userId }),
      [
        ...Object.keys(ListingInput.shape),
        ...([
          'status',
          'orderId',
          'heldUntil',
          'edition',
          'deliveredAt',
          'delivered.type',
          'delivered.isScanned',
        ] as const),
        ...(['deliverBy', 'missedAt', 'readAt', 'isVoid', 'endedAt', 'isLast', 'review', 'withdrawnFor'] as const),
      ],
      {
        userId: 'the caller',
        facets: ours,
        text: ours,
        localDay: ours,
        sellsUntil: ours,
        'followed.seq': 'how far a listing has followed its orders',
        'followed.version': 'as above',
        withdrawing: 'whether it was withdrawn in a race with a hold',
        buyerId: 'somebody else; what the caller bought is in the export of orders',
        reads: "the buyer's; readAt is the first",
        uniqueKeys: 'keyed hashes of seat, content and barcodes',
        erasedAt: 'of a seller who has left',
      },
    ),
    exportOf('uploads', Files, (userId) => ({ userId }), ['ticketId', 'size', 'uploadDate', 'isOpen', 'checkAt'], {
      userId: 'the caller',
      length: 'size, encrypted',
      chunkSize: 'how it is stored',
      slot: 'counts unfinished uploads',
      places: 'counts room',
      isDead: 'that it is about to be deleted',
    }),
    {
      name: 'transfers',
      async *read(userId) {
        const handedOver = Tickets.collection.find<StoredTicket>({ userId, 'delivered.type': 'transfer' });
        for await (const { _id: ticketId, delivered } of handedOver) {
          const file = await files.find(delivered?.fileId ?? '', ticketId.toString());
          if (file)
            for await (const part of files.read(file))
              yield { ticketId, transfer: JSON.parse(part.toString()) as object };
        }
      },
    },
    exportOf(
      'reports',
      Reports,
      (userId) => ({ by: byAccount(userId) }),
      ['ticketId', 'reason', 'text', 'at', 'closedAt'],
      {
        by: "a keyed hash of the caller's id",
      },
    ),
  ];
}

/** Collections that name nobody, or whose content is exported elsewhere. */
export const unnamed = {
  'deliveries.chunks': 'the content of uploads, encrypted: see transfers; files are had at the listing',
  counts: 'limits: numbers under an account or a network, for an hour at most',
  audit: 'what the support desk did, and why: kept for good',
  deadletters: 'events that wait for an operator; those about someone go with their account',
  brokers: 'which broker store everything was published to',
  departed: 'ids of accounts that are deleted',
  endedsessions: 'which sessions are over: see the export of auth',
  leavers: 'see account.leaving',
};
