import { Schema, type Types } from 'mongoose';
// The package's index would load core-js, which replaces JSON.stringify, push and more with slower versions
// process-wide.
import { versionOCCPlugin } from 'mongoose-update-if-current/lib/version-occ-plugin';
import type { Event } from './contract';

/** Fields that every aggregate's document has besides its own state. */
export interface Aggregate {
  _id: Types.ObjectId;
  /** Number of changes to the document, from 0. */
  version: number;
  /** Events of this document that NATS has not acknowledged yet, oldest first. */
  outbox: Event[];
}

/** Documents with unsent events, and the partial index the sweep uses to find them. */
export const UNSENT = { 'outbox.0': { $exists: true } };

/** Adds an outbox and a version, checked on every save, to a schema. */
export function aggregate(schema: Schema) {
  schema.set('versionKey', 'version');
  schema.set('autoIndex', false);
  schema.add({ outbox: { type: [Schema.Types.Mixed], default: [] } } as never);
  schema.plugin(versionOCCPlugin);
  schema.index({ 'outbox.occurredAt': 1 }, { name: 'unsent', partialFilterExpression: UNSENT });
}
