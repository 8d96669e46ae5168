import {
  allFound,
  Refusal,
  untilLasting,
  UPLOAD_PART,
  type Cause,
  type TicketBody,
  type Transfer,
  type UploadBody,
} from '@ticketing/common';
import { toBody } from './bodies';
import type { Change } from './change';
import { transferCodes } from './domain/codes';
import * as domain from './domain/delivery';
import { fileStore, partSize, type Room } from './fileStore';
import { createJudge } from './judge';
import { refusedLimits, type Sender } from './refused';
import { keyedHash, sealing } from './sealing';
import * as store from './store';

/** What deliveries need besides the database. */
export interface DeliveryTerms extends Room {
  /** Keys of content at rest; the first one seals. */
  deliveryKeys: string[];
  /** Key of the hashes of content and barcodes. */
  barcodeKey: string;
}

/** Operations on deliveries. */
export function createDeliveries(change: Change, terms: DeliveryTerms, now: () => Date) {
  const files = fileStore(sealing(terms.deliveryKeys), terms);
  const hash = keyedHash(terms.barcodeKey);
  const { inTurn, judge } = createJudge(files, hash);
  const refused = refusedLimits();

  /** Makes stored content a listing's, in one write with its event; what it replaces is left to the sweep. */
  async function handOver(id: string, caller: string, content: domain.Content, cause: Cause): Promise<TicketBody> {
    let replaced: string | undefined;
    const others = await store.readSharing(caller, id, content.sharedKeys ?? []);
    const listed = { ...content, keys: domain.keysBeside(content, others) };
    const ticket = await change(id, cause, (ticket) => {
      if (ticket?.delivered?.fileId === content.fileId) return undefined;
      replaced = ticket?.delivered?.fileId;
      return domain.deliver(ticket, caller, listed, now());
    });
    if (replaced) await files.release(replaced, now());
    return toBody(ticket, caller);
  }

  /** Tries once more, in case another ticket of the same order was handed over just before. */
  const handOverBeside = (id: string, caller: string, content: domain.Content, cause: Cause) =>
    handOver(id, caller, content, cause).catch((error: unknown) => {
      if (!content.sharedKeys?.length || !(error instanceof Refusal) || error.code !== 'content-listed') throw error;
      return handOver(id, caller, content, cause);
    });

  const permit = async (id: string, caller: string) =>
    domain.deliverable(await store.loadTicket(id).then((ticket) => ticket?.toObject() ?? null), caller);

  return {
    transfer: (id: string, sender: Sender, transfer: Transfer, cause: Cause): Promise<TicketBody> =>
      refused.during(sender, async () => {
        const caller = sender.id;
        await permit(id, caller);
        const file = await files.put(id, caller, Buffer.from(JSON.stringify(transfer)), now());
        const keys = transferCodes(transfer).map((text) => hash('code').update(text).digest());
        const content = { fileId: file._id.toString(), type: 'transfer' as const, isScanned: null, keys };
        try {
          return await handOver(id, caller, content, cause);
        } catch (error) {
          if (error instanceof Refusal) await files.drop(file, now());
          throw error;
        }
      }),

    async begin(id: string, caller: string, size: number): Promise<UploadBody> {
      const isOwed = domain.isPaid(await permit(id, caller));
      return toUpload(await files.begin(id, caller, size, isOwed, now()), []);
    },

    async upload(id: string, uploadId: string, caller: string): Promise<UploadBody> {
      const file = await files.unfinished(uploadId, id, caller, now());
      return toUpload(file, await files.partsThere(file));
    },

    async part(id: string, uploadId: string, part: number, caller: string, content: Buffer) {
      const file = await files.unfinished(uploadId, id, caller, now());
      const size = partSize(file.size, part);
      if (size === undefined || size !== content.length)
        throw new Refusal('part-size', { params: { part, size: size ?? 0 } });
      await files.write(file, part, content);
    },

    /** Hands over an upload whose parts have all arrived; safe to repeat. A bad file is not kept. */
    async complete(id: string, uploadId: string, sender: Sender, cause: Cause): Promise<TicketBody> {
      const caller = sender.id;
      const done = await store.loadTicket(id);
      if (done?.userId === caller && done.delivered?.fileId === uploadId) {
        await untilLasting(store.Tickets, done);
        return toBody(done, caller);
      }
      await permit(id, caller);
      const judged = async () => {
        const file = await files.close(uploadId, id, caller, now());
        try {
          const body = await handOverBeside(id, caller, { fileId: uploadId, ...(await judge(file)) }, cause);
          await files.finish(file);
          return body;
        } catch (error) {
          if (error instanceof Refusal && error.status < 500) await files.drop(file, now());
          throw error;
        }
      };
      return inTurn(sender, () => refused.during(sender, judged));
    },

    /**
     * What was handed over, for those who may read it. The buyer's first read is saved before anything is sent: it is
     * the proof of delivery.
     */
    async read(id: string, caller: string, cause: Cause) {
      const ticket = await store.Tickets.findById(id, { facets: 0, text: 0 }).lean<store.StoredTicket>();
      const by = domain.readerOf(ticket, caller);
      const file = by && ticket?.delivered && (await files.find(ticket.delivered.fileId, id));
      if (!by || !file || !ticket?.delivered) throw new Refusal('delivery-not-found');
      const at = now();
      if (by === 'buyer' && !ticket.readAt) {
        await change(id, cause, (ticket) => {
          if (domain.readerOf(ticket, caller) !== 'buyer') throw new Refusal('delivery-not-found');
          return ticket?.readAt ? undefined : { readAt: at };
        });
      }
      await store.recordRead(ticket._id, { at, by });
      return { type: ticket.delivered.type, size: file.size, parts: files.read(file) };
    },

    /** Marks promised deliveries that are not there by their deadline. */
    async miss() {
      await allFound(store.findDue(now()), ({ _id }) =>
        change(_id.toString(), { trace: `missed ${_id.toString()}` }, (ticket) =>
          ticket ? domain.miss(ticket, now()) : undefined,
        ),
      );
    },

    /** Deletes files that no listing has, or whose retention time is over. */
    async sweep() {
      await allFound(store.findDueFiles(now()), async (file) => {
        const ticket = file.isDead ? null : await store.Tickets.findById(file.ticketId).lean<store.StoredTicket>();
        const until = domain.keptUntil(ticket, file._id.toString(), now());
        if (until) await files.checkAgain(file, until, domain.isPaid(ticket));
        else await files.remove(file, now());
      });
    },
  };
}

const toUpload = ({ _id, size, checkAt }: store.StoredFile, parts: number[]): UploadBody => ({
  id: _id.toString(),
  size,
  partSize: UPLOAD_PART,
  parts,
  expiresAt: checkAt.toISOString(),
});

export type Deliveries = ReturnType<typeof createDeliveries>;
