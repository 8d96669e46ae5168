import { Schema, type Types } from 'mongoose';
// The package's index would load core-js, which replaces JSON.stringify, push and more by slower ones in the whole process.
import { versionOCCPlugin } from 'mongoose-update-if-current/lib/version-occ-plugin';
import type { Event } from './contract';

/** What every aggregate's document has beside its own state. */
export interface Aggregate {
  _id: Types.ObjectId;
  /** Counts the document's changes from 0. */
  version: number;
  /** Events of this document that NATS has not acknowledged yet, the oldest first. */
  outbox: Event[];
}

/** The documents with unsent events, and the index of them alone that the sweep uses. */
export const UNSENT = { 'outbox.0': { $exists: true } };

/** Gives a schema its version, checked on every save, and its outbox. */
export function aggregate(schema: Schema) {
  schema.set('versionKey', 'version');
  schema.set('autoIndex', false);
  schema.add({ outbox: { type: [Schema.Types.Mixed], default: [] } } as never);
  schema.plugin(versionOCCPlugin);
  schema.index({ 'outbox.occurredAt': 1 }, { name: 'unsent', partialFilterExpression: UNSENT });
}
