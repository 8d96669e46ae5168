import { model, Schema, type PipelineStage, type Types } from 'mongoose';

/** A file of a listing, in GridFS's layout: its parts are the chunks. */
export interface StoredFile {
  _id: Types.ObjectId;
  length: number;
  chunkSize: number;
  uploadDate: Date;
  ticketId: string;
  userId: string;
  /** Size before sealing, in bytes. */
  size: number;
  /** An upload whose parts may still arrive, or that is being judged (false); and its slot among its owner's. */
  isOpen?: boolean;
  slot?: number;
  /** Its places in its owner's room for files no buyer has paid for: one per part. */
  places?: number[];
  /** When the sweep checks whether it is still needed. */
  checkAt: Date;
  /** It is being deleted. */
  isDead: boolean;
}

const fileSchema = new Schema<StoredFile>(
  {
    ...{ length: Number, chunkSize: Number, uploadDate: Date, ticketId: String, userId: String, size: Number },
    ...{ isOpen: Boolean, slot: Number, checkAt: Date, isDead: Boolean },
    places: { type: [Number], default: undefined },
  },
  { collection: 'deliveries.files', versionKey: false, autoIndex: false },
);
const open = { unique: true, partialFilterExpression: { isOpen: true } };
fileSchema.index({ ticketId: 1 }, open);
/** The owner's slots for unfinished uploads. */
export const SLOT = 'slot';
fileSchema.index({ userId: 1, slot: 1 }, { ...open, name: SLOT });
/** No two files of an owner share a place: their total is bounded, however many are uploaded at once. */
export const PLACES = 'places';
fileSchema.index(
  { userId: 1, places: 1 },
  { unique: true, partialFilterExpression: { places: { $exists: true } }, name: PLACES },
);
fileSchema.index({ userId: 1 });
fileSchema.index({ checkAt: 1 });
/** The total of all files is read from this index alone. */
fileSchema.index({ isDead: 1, length: 1 });
export const Files = model('File', fileSchema);

/** Bytes of all files, including parts still to arrive. */
export async function sumFiles(): Promise<number> {
  const [sum] = await Files.aggregate<{ bytes: number }>(storedSum);
  return sum?.bytes ?? 0;
}
export const storedSum: PipelineStage[] = [
  { $match: { isDead: false } },
  { $group: { _id: null, bytes: { $sum: '$length' } } },
];

const chunkSchema = new Schema(
  { files_id: Schema.Types.ObjectId, n: Number, data: Buffer },
  { collection: 'deliveries.chunks', versionKey: false, autoIndex: false },
);
chunkSchema.index({ files_id: 1, n: 1 }, { unique: true });
export const Chunks = model('Chunk', chunkSchema);
