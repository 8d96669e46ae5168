import { isOutage } from './errors';

interface Waiting<I, O> {
  item: I;
  resolve(result: O): void;
  reject(error: unknown): void;
}

/**
 * Batches concurrent calls: while one batch runs, the next one collects. An idle service responds at once; a busy one
 * makes one round trip for everyone waiting.
 */
export class Batcher<I, O> {
  private waiting: Waiting<I, O>[] = [];
  private underWay = 0;

  /**
   * @param process returns a result or an Error for each item, in order. If it rejects while every server is reachable,
   *   it is retried on each half of the items, and so on, so that only the faulty item fails. Work that must not run
   *   twice may therefore reject only if nothing was done.
   * @param atOnce maximum number of concurrent batches
   */
  constructor(
    private readonly process: (items: I[]) => Promise<(O | Error)[]>,
    private readonly atOnce = 1,
    private readonly size = 200,
  ) {}

  add(item: I): Promise<O> {
    return new Promise<O>((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (this.waiting.length === 1) setImmediate(() => void this.run());
    });
  }

  private async run() {
    if (this.underWay >= this.atOnce || this.waiting.length === 0) return;
    const batch = this.waiting.splice(0, this.size);
    this.underWay++;
    await this.settle(batch);
    this.underWay--;
    void this.run();
  }

  private async settle(batch: Waiting<I, O>[]) {
    try {
      const results = await this.process(batch.map(({ item }) => item));
      batch.forEach(({ resolve, reject }, index) => {
        const result = results[index] as O | Error;
        if (result instanceof Error) reject(result);
        else resolve(result);
      });
    } catch (error) {
      if (batch.length === 1 || isOutage(error)) for (const { reject } of batch) reject(error);
      else {
        const half = Math.ceil(batch.length / 2);
        await this.settle(batch.slice(0, half));
        await this.settle(batch.slice(half));
      }
    }
  }
}

/** Loads documents by id, in one query for all concurrent callers; null if not found. */
export const readerById = <T extends { _id: { toString(): string } }>(find: (ids: string[]) => Promise<T[]>) =>
  new Batcher<string, T | null>(async (ids) => {
    const byId = new Map((await find(ids)).map((document) => [document._id.toString(), document]));
    return ids.map((id) => byId.get(id) ?? null);
  }, 2);
