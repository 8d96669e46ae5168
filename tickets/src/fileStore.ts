import { duplicateIndex, isDuplicateKey, Refusal, SEAL_OVERHEAD, UPLOAD_PART, type Sealing } from '@ticketing/common';
import { takeRoom } from './room';
import { Chunks, Files, newId, PLACES, SLOT, type StoredFile } from './store';

const [HOUR, DAY] = [3_600_000, 86_400_000];
const JUDGED_WITHIN = 60_000;
/** Unfinished uploads of one person. */
const [SLOTS, TRIES] = [5, 20];
/** Longer than any request that may still be writing to a file. */
const GRACE = 120_000;

/** Storage limits, in bytes. */
export interface Room {
  /** Of one seller's files, while no buyer has paid for them. */
  bytesPerSeller: number;
  /** Of all files. */
  bytesInAll: number;
}

const inMegabytes = (bytes: number) => Math.floor(bytes / 1_048_576);

export const partsOf = (size: number) => Math.ceil(size / UPLOAD_PART);

/** The size of a part in bytes; undefined if there is no such part. */
export const partSize = (size: number, part: number): number | undefined =>
  part >= 0 && part < partsOf(size) ? Math.min(UPLOAD_PART, size - part * UPLOAD_PART) : undefined;

/**
 * Files in GridFS's layout, one chunk per part; each is sealed on its own, so that it can be stored as it arrives and
 * sent as it is read. Every file has a time (`checkAt`) at which the sweep checks whether a listing still has it.
 *
 * An upload is open (`isOpen`) while its parts may arrive, then closed (`isOpen` is false): what is judged is final,
 * and no new upload ends it. The sweep leaves it alone until long after it was handed over or refused.
 */
export function fileStore({ seal, open }: Sealing, { bytesPerSeller, bytesInAll }: Room) {
  const placeOf = (file: StoredFile, part: number) => `${file.ticketId} ${file._id.toString()} ${part}`;
  const sizeOf = (size: number) => size + partsOf(size) * SEAL_OVERHEAD;
  const created = (ticketId: string, userId: string, size: number, now: Date) => ({
    _id: newId(),
    length: sizeOf(size),
    chunkSize: UPLOAD_PART + SEAL_OVERHEAD,
    uploadDate: now,
    ticketId,
    userId,
    size,
    isDead: false,
  });

  /** Free places of a seller for a file; undefined if there are not enough. */
  async function findPlaces(userId: string, size: number): Promise<number[] | undefined> {
    const taken = new Set(await Files.distinct('places', { userId, isDead: false }));
    const all = Array.from({ length: Math.floor(bytesPerSeller / UPLOAD_PART) }, (_, place) => place);
    const free = all.filter((place) => !taken.has(place)).slice(0, partsOf(size));
    return free.length === partsOf(size) ? free : undefined;
  }

  /** Inserts an upload. Refuses if the seller has too many, or no room for one that no buyer has paid for. */
  async function insert(ticketId: string, userId: string, size: number, isOwed: boolean, now: Date) {
    for (let [slot, tries] = [0, 0]; slot < SLOTS && tries < TRIES; tries++) {
      const checkAt = new Date(now.getTime() + DAY);
      const places = await findPlaces(userId, size);
      if (!places && !isOwed) throw new Refusal('files-full', { params: { max: inMegabytes(bytesPerSeller) } });
      const file = { ...created(ticketId, userId, size, now), isOpen: true, slot, checkAt, ...(places && { places }) };
      try {
        await Files.collection.insertOne(file);
        return file;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        const taken = duplicateIndex(error);
        if (taken === SLOT) slot++;
        else if (taken !== PLACES) await store.end(ticketId, now);
      }
    }
    throw new Refusal('too-many-uploads', { retryAfter: 60 });
  }

  const store = {
    /**
     * Begins an upload in place of an unfinished one of the same listing.
     * @param isOwed whether a buyer has paid: then it is never refused for lack of room
     */
    async begin(ticketId: string, userId: string, size: number, isOwed: boolean, now: Date): Promise<StoredFile> {
      const former = await store.end(ticketId, now);
      const giveBack = isOwed ? undefined : await takeRoom(ticketId, sizeOf(size), former, bytesInAll, now);
      return insert(ticketId, userId, size, isOwed, now).catch((error: unknown) => {
        giveBack?.();
        throw error;
      });
    },

    /**
     * Ends a listing's unfinished upload and returns it, if any. Its parts are deleted at once: each seller's disk usage is
     * bounded.
     */
    async end(ticketId: string, now: Date): Promise<StoredFile | null> {
      const ending = { $set: dead(now), $unset: gone };
      const file = await Files.findOneAndUpdate({ ticketId, isOpen: true }, ending).lean<StoredFile>();
      if (file) await Chunks.deleteMany({ files_id: file._id });
      return file;
    },

    /** Someone's unfinished upload for a listing, as long as parts may arrive. */
    async unfinished(id: string, ticketId: string, userId: string, now: Date): Promise<StoredFile> {
      const file = await Files.findOne({ _id: id, ticketId, userId, isOpen: true }).lean<StoredFile>();
      if (!file || file.checkAt <= now) throw new Refusal('upload-not-found');
      return file;
    },

    /** Stores a part; safe to repeat, but never overwritten. */
    async write(file: StoredFile, part: number, content: Buffer) {
      const place = { files_id: file._id, n: part };
      const data = seal(content, placeOf(file, part));
      const { upsertedCount } = await Chunks.collection.updateOne(place, { $setOnInsert: { data } }, { upsert: true });
      if (upsertedCount === 0 && !(await store.readPart(file, part)).equals(content)) throw new Refusal('conflict');
    },

    async partsThere({ _id }: StoredFile): Promise<number[]> {
      const chunks = await Chunks.find({ files_id: _id }, { n: 1 }).sort({ n: 1 }).lean<{ n: number }[]>();
      return chunks.map(({ n }) => n);
    },

    /**
     * Closes someone's upload for one caller to judge; after a minute for the next one, since the first has crashed.
     * Refuses if a part is missing.
     */
    async close(id: string, ticketId: string, userId: string, now: Date): Promise<StoredFile> {
      const file = await Files.findOne({ _id: id, ticketId, userId, isDead: false }).lean<StoredFile>();
      if (file?.isOpen === undefined || file.checkAt <= now) throw new Refusal('upload-not-found');
      const there = await store.partsThere(file);
      for (let part = 0; part < partsOf(file.size); part++)
        if (there[part] !== part) throw new Refusal('upload-incomplete', { params: { part } });
      const { _id, checkAt, isOpen } = file;
      const isTaken = !isOpen && checkAt.getTime() > now.getTime() + HOUR - JUDGED_WITHIN;
      const kept = { isOpen: false, checkAt: new Date(now.getTime() + HOUR) };
      const closing = { _id, checkAt, isOpen, isDead: false };
      if (isTaken || (await Files.updateOne(closing, { $set: kept, $unset: { slot: 1 } })).matchedCount === 0)
        throw new Refusal('too-many-uploads', { retryAfter: 5 });
      return file;
    },

    /** Its content, part by part. Throws if it is incomplete. */
    async *read(file: StoredFile): AsyncGenerator<Buffer> {
      for (let part = 0; part < partsOf(file.size); part++) {
        yield await store.readPart(file, part);
      }
    },

    async readPart(file: StoredFile, part: number): Promise<Buffer> {
      const place = { files_id: file._id, n: part };
      const chunk = await Chunks.collection.findOne<{ data: { buffer: Uint8Array } }>(place);
      if (!chunk) throw new Refusal('upload-not-found');
      const { buffer, byteOffset, length } = chunk.data.buffer;
      return open(Buffer.from(buffer, byteOffset, length), placeOf(file, part));
    },

    /** A listing's file. */
    find: (id: string, ticketId: string) => Files.findOne({ _id: id, ticketId, isDead: false }).lean<StoredFile>(),

    /** Stores small content in one go, for a listing that is about to have it. */
    async put(ticketId: string, userId: string, content: Buffer, now: Date): Promise<StoredFile> {
      const file = { ...created(ticketId, userId, content.length, now), checkAt: new Date(now.getTime() + HOUR) };
      await Files.collection.insertOne(file);
      await store.write(file, 0, content);
      return file;
    },

    /** A listing has it now. */
    finish: ({ _id }: StoredFile) => Files.updateOne({ _id }, { $unset: closed }),

    /** A listing has replaced it; those who are still reading it get time to finish. */
    release: (id: string, now: Date) =>
      Files.updateOne({ _id: id }, { $set: { checkAt: new Date(now.getTime() + GRACE) }, $unset: closed }),

    /** Drops a file that no listing has. */
    async drop({ _id }: StoredFile, now: Date) {
      await Files.updateOne({ _id }, { $set: dead(now), $unset: gone });
      await Chunks.deleteMany({ files_id: _id });
    },

    /** @param isPaid whether a buyer has paid for it: then it does not count towards its seller's limit */
    checkAgain: ({ _id, checkAt }: StoredFile, at: Date, isPaid: boolean) =>
      Files.updateOne({ _id, checkAt }, { $set: { checkAt: at }, ...(isPaid && { $unset: { places: 1 } }) }),

    /** Deletes a file in two steps, so that anything still being written to it is deleted too. */
    async remove(file: StoredFile, now: Date) {
      const { _id, checkAt, isDead } = file;
      const claimed = await Files.updateOne({ _id, checkAt }, { $set: dead(now), $unset: gone });
      if (claimed.matchedCount === 0) return;
      await Chunks.deleteMany({ files_id: _id });
      if (isDead) await Files.deleteOne({ _id });
    },
  };
  return store;
}

const closed = { isOpen: 1, slot: 1 } as const;
const gone = { ...closed, places: 1 } as const;
const dead = (now: Date) => ({ isDead: true, checkAt: new Date(now.getTime() + GRACE) });

export type FileStore = ReturnType<typeof fileStore>;
