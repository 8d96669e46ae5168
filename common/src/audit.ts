import { createHash } from 'node:crypto';
import mongoose, { type mongo } from 'mongoose';
import { Refusal, type AuditBody, type RefusalCode } from './contract';
import { isDuplicateKey } from './errors';
import type { Logger } from './logger';
import { byBatch, collectionOf, lasting } from './mongo';

/** Who does what to what, and why. */
export interface Action {
  /** The account that acts. */
  by: string;
  action: string;
  target: string;
  reason: string;
  trace: string;
}

/** An entry of the log. Each one's hash covers the hash before it: changing one means changing all that follow. */
interface Entry extends Action {
  /** 1, 2, 3 … */
  _id: number;
  at: Date;
  refusal: string | null;
  hash: string;
}

const schema = new mongoose.Schema<Entry>(
  {
    ...{ _id: Number, at: Date, refusal: String, hash: String },
    ...{ by: String, action: String, target: String, reason: String, trace: String },
  },
  { collection: 'audit', versionKey: false, autoIndex: false },
);
schema.index({ target: 1, _id: -1 });

/** The support desk's actions, in each service's own database. Entries are only ever added. */
export const Audit = mongoose.model('AuditEntry', schema);
const entries = () => collectionOf(Audit) as unknown as mongo.Collection<Entry>;

const START = '';

function hashOf(previous: string, { _id, at, by, action, target, reason, trace, refusal }: Omit<Entry, 'hash'>) {
  const facts = [previous, _id, at.toISOString(), by, action, target, reason, trace, refusal];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}

/** Adds an entry after the last one; concurrent entries each get their own number. */
async function append(action: Action, refusal: string | null): Promise<Entry> {
  for (;;) {
    const last = await entries().findOne({}, { sort: { _id: -1 } });
    const { by, action: name, target, reason, trace } = action;
    const facts = { by, action: name, target, reason, trace, refusal };
    const unsealed = { _id: (last?._id ?? 0) + 1, at: new Date(), ...facts };
    const entry = { ...unsealed, hash: hashOf(last?.hash ?? START, unsealed) };
    try {
      await entries().insertOne(entry);
      return entry;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }
}

/**
 * Does something once it is in the audit log. If it is refused, the log says that too; if the process dies in between,
 * its target's state shows whether it was done. The log's head also goes to the service's own log, so that a log cut
 * short is noticed (see `checkAudit`).
 */
export async function audited<T>(action: Action, log: Logger, act: () => Promise<T>): Promise<T> {
  const note = ({ _id: number, hash, refusal }: Entry) =>
    log.info({ ...action, reason: undefined, number, hash, refusal }, 'audit');
  note(await append(action, null));
  try {
    return await act();
  } catch (error) {
    if (error instanceof Refusal) note(await append(action, error.code as RefusalCode));
    throw error;
  }
}

/** Entries, newest first: those before a number, or about a target. */
export async function readAudit(limit: number, { before, target }: { before?: number; target?: string } = {}) {
  const filter = { ...(before && { _id: { $lt: before } }), ...(target && { target }) };
  const found = await entries()
    .find(filter, { sort: { _id: -1 }, limit })
    .toArray();
  return found.map(({ _id: number, at, ...entry }): AuditBody => ({ number, ...entry, at: at.toISOString() }));
}

const HEAD = /^(\d+):([0-9a-f]{64})$/;

/**
 * The command `audit [NUMBER:HASH …]`: checks that no entry is missing or was changed. The heads it is given, from an
 * earlier check or from the service's log, must still be there.
 * @throws Error that names the first missing or changed entry
 */
export async function checkAudit(heads: string[]): Promise<{ entries: number; head: string | null }> {
  const known = new Map(
    heads.map((head) => {
      const [, number, hash] = HEAD.exec(head) ?? [];
      if (!number || !hash) throw new Error(`Usage: audit [NUMBER:HASH …]; ${head} is neither`);
      return [Number(number), hash];
    }),
  );
  let [count, previous] = [0, START];
  for await (const entry of entries().find({}, { sort: { _id: 1 }, ...byBatch, ...lasting })) {
    count++;
    if (entry._id !== count) throw new Error(`Entry ${count} of the audit log is missing`);
    if (entry.hash !== hashOf(previous, entry)) throw new Error(`Entry ${count} of the audit log was changed`);
    if (known.get(count) && known.get(count) !== entry.hash)
      throw new Error(`Entry ${count} of the audit log differs from the known head`);
    known.delete(count);
    previous = entry.hash;
  }
  for (const number of known.keys()) throw new Error(`Entry ${number} of the audit log is missing`);
  return { entries: count, head: count > 0 ? `${count}:${previous}` : null };
}
