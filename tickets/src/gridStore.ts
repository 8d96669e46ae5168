import { model, Schema, type PipelineStage, type Types } from 'mongoose';

/** A file of a listing, in GridFS's layout: its parts are the chunks. */
export interface StoredFile {
  _id: Types.ObjectId;
  length: number;
  chunkSize: number;
  uploadDate: Date;
  ticketId: string;
  userId: string;
  /** Before it was sealed, in bytes. */
  size: number;
  /** An upload whose parts may still come, or that is being judged (false); and its place among those of its owner. */
  isOpen?: boolean;
  slot?: number;
  /** What it takes of the room that its owner has for files no buyer has paid for: one for each part. */
  places?: number[];
  /** When the sweep looks whether it is still needed. */
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
/** Someone's places for unfinished uploads. */
export const SLOT = 'slot';
fileSchema.index({ userId: 1, slot: 1 }, { ...open, name: SLOT });
/** Nobody's files take a place twice: what they take together is bounded, however many are uploaded at once. */
export const PLACES = 'places';
fileSchema.index(
  { userId: 1, places: 1 },
  { unique: true, partialFilterExpression: { places: { $exists: true } }, name: PLACES },
);
fileSchema.index({ userId: 1 });
fileSchema.index({ checkAt: 1 });
/** What all take together is read from this index alone. */
fileSchema.index({ isDead: 1, length: 1 });
export const Files = model('File', fileSchema);

/** Bytes of all files, including those whose parts are still to come. */
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
