import { isDuplicateKey, Refusal, UPLOAD_PART } from '@ticketing/common';
import { Chunks, Files, newId, upTo, type StoredFile } from './store';
import { OVERHEAD, type Sealing } from './sealing';

const [HOUR, DAY] = [3_600_000, 86_400_000];
/** Unfinished uploads of one person. */
const SLOTS = 5;
/** Longer than a request that still writes to a file takes. */
const GRACE = 120_000;

export const partsOf = (size: number) => Math.ceil(size / UPLOAD_PART);

/** The size of a part in bytes; undefined if there is no such part. */
export const partSize = (size: number, part: number): number | undefined =>
  part >= 0 && part < partsOf(size) ? Math.min(UPLOAD_PART, size - part * UPLOAD_PART) : undefined;

/**
 * Files as GridFS lays them out, a part a chunk; each is sealed on its own, so that it can be stored as it comes and
 * sent as it is read. Every file has a time (`checkAt`) at which the sweep looks whether a listing still has it.
 */
export function fileStore({ seal, open }: Sealing) {
  const placeOf = (file: StoredFile, part: number) => `${file.ticketId} ${file._id.toString()} ${part}`;
  const sizeOf = (size: number) => size + partsOf(size) * OVERHEAD;
  const created = (ticketId: string, userId: string, size: number, now: Date) => ({
    _id: newId(),
    length: sizeOf(size),
    chunkSize: UPLOAD_PART + OVERHEAD,
    uploadDate: now,
    ticketId,
    userId,
    size,
    isDead: false,
  });

  const store = {
    /** Begins an upload in place of an unfinished one of the same listing. Refuses if someone has too many. */
    async begin(ticketId: string, userId: string, size: number, now: Date): Promise<StoredFile> {
      await Files.updateMany({ ticketId, isOpen: true }, { $set: dead(now), $unset: { isOpen: 1, slot: 1 } });
      for (let slot = 0; slot < SLOTS; slot++) {
        const checkAt = new Date(now.getTime() + DAY);
        const file = { ...created(ticketId, userId, size, now), isOpen: true, slot, checkAt };
        try {
          await Files.collection.insertOne(file);
          return file;
        } catch (error) {
          if (!isDuplicateKey(error)) throw error;
        }
      }
      throw new Refusal('too-many-uploads', { retryAfter: 60 });
    },

    /** Someone's unfinished upload for a listing. */
    async unfinished(id: string, ticketId: string, userId: string, now: Date): Promise<StoredFile> {
      const file = await Files.findOne({ _id: id, ticketId, userId, isOpen: true }).lean<StoredFile>();
      if (!file || file.checkAt <= now) throw new Refusal('upload-not-found');
      return file;
    },

    /** Stores a part; once more is harmless. */
    async write(file: StoredFile, part: number, content: Buffer) {
      const sealed = seal(content, placeOf(file, part));
      const place = { files_id: file._id, n: part };
      await Chunks.collection.updateOne(place, { $set: { data: sealed } }, { upsert: true });
    },

    async partsThere({ _id }: StoredFile): Promise<number[]> {
      const chunks = await Chunks.find({ files_id: _id }, { n: 1 }).sort({ n: 1 }).lean<{ n: number }[]>();
      return chunks.map(({ n }) => n);
    },

    /** Its content, part by part. Throws if it is not all there. */
    async *read(file: StoredFile): AsyncGenerator<Buffer> {
      for (let part = 0; part < partsOf(file.size); part++) {
        const chunk = await Chunks.collection.findOne<{ data: { buffer: Uint8Array } }>({
          files_id: file._id,
          n: part,
        });
        if (!chunk) throw new Refusal('upload-incomplete', { params: { part } });
        yield open(Buffer.from(chunk.data.buffer), placeOf(file, part));
      }
    },

    find: (id: string) => Files.findOne({ _id: id, isDead: false }).lean<StoredFile>(),

    /** Stores a small content at once, for a listing that is about to have it. */
    async put(ticketId: string, userId: string, content: Buffer, now: Date): Promise<StoredFile> {
      const file = { ...created(ticketId, userId, content.length, now), checkAt: new Date(now.getTime() + HOUR) };
      await Files.collection.insertOne(file);
      await store.write(file, 0, content);
      return file;
    },

    /** Keeps the sweep from a file while it is judged. Returns whether it is still there. */
    async keep({ _id }: StoredFile, now: Date): Promise<boolean> {
      const later = { $set: { checkAt: new Date(now.getTime() + HOUR) } };
      return (await Files.updateOne({ _id, isDead: false }, later)).matchedCount === 1;
    },

    /** Frees its place among the unfinished ones. */
    finish: ({ _id }: StoredFile) => Files.updateOne({ _id }, { $unset: { isOpen: 1, slot: 1 } }),

    /** Drops a file that no listing has. */
    async drop({ _id }: StoredFile, now: Date) {
      await Files.updateOne({ _id }, { $set: dead(now), $unset: { isOpen: 1, slot: 1 } });
      await Chunks.deleteMany({ files_id: _id });
    },

    /** Files that are due to be looked at. */
    due: (now: Date, atMost: number) =>
      Files.find({ checkAt: upTo(now) })
        .limit(atMost)
        .lean<StoredFile[]>(),

    checkAgain: ({ _id, checkAt }: StoredFile, at: Date) =>
      Files.updateOne({ _id, checkAt }, { $set: { checkAt: at } }),

    /** Deletes a file in two steps, so that whatever is still being written to it goes with it. */
    async remove(file: StoredFile, now: Date) {
      const { _id, checkAt, isDead } = file;
      const claimed = await Files.updateOne({ _id, checkAt }, { $set: dead(now), $unset: { isOpen: 1, slot: 1 } });
      if (claimed.matchedCount === 0) return;
      await Chunks.deleteMany({ files_id: _id });
      if (isDead) await Files.deleteOne({ _id });
    },
  };
  return store;
}

const dead = (now: Date) => ({ isDead: true, checkAt: new Date(now.getTime() + GRACE) });

export type FileStore = ReturnType<typeof fileStore>;
