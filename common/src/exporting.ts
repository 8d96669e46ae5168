import type { RequestHandler } from 'express';
import { networkOf, Refusal } from './contract';
import { consume, type Limiter } from './counts';
import { callerOf } from './http';
import { byBatch, collectionOf, type Stored } from './mongo';
import { SharedPlaces } from './contract/places';
import { sendStream } from './replies';
import { logSecurity } from './requests';

/** A list of what a service holds about someone. */
export interface ExportPart {
  name: string;
  read(userId: string): AsyncIterable<object>;
  /** Its collection. */
  model?: Stored;
  /** The exported fields, or parts of them; and the others, each with the reason. */
  shown?: readonly string[];
  left?: Readonly<Record<string, string>>;
}

const BATCH = 100;

/**
 * The documents of a collection that are about someone, field by field: a field listed nowhere fails the test that an
 * export is complete (`testing/exported.ts`).
 */
export function exportOf(
  name: string,
  model: Stored,
  of: (userId: string) => object | Promise<object>,
  shown: readonly string[],
  left: Readonly<Record<string, string>> = {},
): ExportPart {
  const projection = Object.fromEntries(shown.map((field) => [field, 1]));
  return {
    ...{ name, model, shown, left },
    async *read(userId) {
      const filter = await of(userId);
      for await (const { _id, ...shown } of collectionOf(model).find(filter, {
        ...{ projection, batchSize: BATCH },
        ...byBatch,
      }))
        yield { id: _id, ...shown };
    },
  };
}

/** As JSON, one document at a time: the export is never in memory as a whole. */
async function* textOf(service: string, userId: string, parts: readonly ExportPart[]): AsyncGenerator<string> {
  const head = JSON.stringify({ service, userId, exportedAt: new Date().toISOString() });
  yield head.slice(0, -1);
  for (const { name, read } of parts) {
    let separator = '';
    yield `,${JSON.stringify(name)}:[`;
    for await (const item of read(userId)) {
      yield separator + JSON.stringify(item);
      separator = ',';
    }
    yield ']';
  }
  yield '}';
}

/** Exports per account and hour. */
export const EXPORTS = { points: 10, seconds: 3_600 };
/** Concurrent exports, and how long one may take: slow readers block others no longer, and other networks never. */
const [AT_ONCE, LIMIT] = [{ total: 20, ofAccount: 1, ofNetwork: 5 }, 30_000];

/** Responds with everything a service holds about the caller, as a file. Goes after `sessions.require`. */
export function exporting(service: string, parts: readonly ExportPart[], limit: Limiter): RequestHandler {
  const places = new SharedPlaces(AT_ONCE);
  return async (req, res) => {
    const { id } = callerOf(res);
    const leave = places.take({ id, network: networkOf(req.ip) });
    if (!leave) throw new Refusal(places.full ? 'unavailable' : 'too-many-exports', { retryAfter: 5 });
    try {
      const retryAfter = await consume(limit, id);
      if (retryAfter > 0) throw new Refusal('too-many-exports', { retryAfter });
      logSecurity(req, 'data-exported', { account: id });
      res.set({
        'Content-Type': 'application/json; charset=utf-8',
        'Content-Disposition': `attachment; filename="ticketing-${service}.json"`,
      });
      // A truncated export is invalid JSON, so its reader knows that it is incomplete.
      await sendStream(res, textOf(service, id, parts), LIMIT);
    } finally {
      leave();
    }
  };
}
