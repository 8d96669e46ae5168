import { Places, Refusal, Turns } from '@ticketing/common';
import { MAX_CODES, ticketCodes } from './domain/codes';
import type { FileStore } from './fileStore';
import type { Sender } from './refused';
import { scan } from './scan';
import type { KeyedHash } from './sealing';
import type { StoredFile } from './store';

/** Files judged at a time, and how many may wait: in total, per account and per network. */
const AT_ONCE = 1;
const WAITING = { total: 20, ofAccount: 1, ofNetwork: 4 };
const refusalOf = {
  broken: 'file-broken',
  encrypted: 'file-encrypted',
  'too-large': 'file-too-large',
  unknown: 'file-unknown',
} as const;

/** Judges files, a few at a time. Networks take turns: someone with many accounts waits for their own. */
export function createJudge(files: FileStore, hash: KeyedHash) {
  const turns = new Turns(AT_ONCE);
  const { total, ofAccount, ofNetwork } = WAITING;
  const places = [new Places({ total, each: ofAccount }), new Places({ total, each: ofNetwork })] as const;

  return {
    /** Runs work that judges a file when it is its sender's turn. */
    async inTurn<T>({ id, network }: Sender, work: () => Promise<T>): Promise<T> {
      const left: (() => void)[] = [];
      try {
        for (const [at, holder] of [id, network].entries()) {
          const leave = places[at]?.take(holder);
          if (!leave) throw new Refusal(places[at]?.full ? 'unavailable' : 'too-many-uploads', { retryAfter: 5 });
          left.push(leave);
        }
        return await turns.take(network, work);
      } finally {
        for (const leave of left) leave();
      }
    },

    /** Judges an upload by its bytes, as they are read: it is never in memory as a whole. */
    async judge(file: StoredFile) {
      const content = hash('content');
      const verdict = await scan(tapped(files.read(file), (part) => content.update(part)));
      if ('problem' in verdict) throw new Refusal(refusalOf[verdict.problem]);
      const { own, shared } = ticketCodes(verdict.barcodes);
      const count = own.length + shared.length;
      if (count > MAX_CODES) throw new Refusal('file-codes', { params: { max: MAX_CODES } });
      const keyOf = (text: string) => hash('code').update(text).digest();
      return {
        type: verdict.type,
        isScanned: count > 0,
        keys: [content.digest(), ...own.map(keyOf)],
        sharedKeys: shared.map(keyOf),
      };
    },
  };
}

/** Passes each part to `see` on its way. */
async function* tapped(parts: AsyncIterable<Buffer>, see: (part: Buffer) => unknown) {
  for await (const part of parts) {
    see(part);
    yield part;
  }
}
