import { createHash, randomBytes } from 'node:crypto';
import { lifetimes } from '@ticketing/common/contract';
import { Links, type StoredLink } from '../store';

/** The kinds of links, each with its lifetime in milliseconds. */
const goodFor = { confirm: lifetimes.confirmLink, reset: lifetimes.resetLink, undo: lifetimes.undoLink };
export type LinkKind = keyof typeof goodFor;

const hashOf = (token: string) => createHash('sha256').update(token).digest('base64');

/** Links sent by email, valid once. Only hashes of their secrets are stored: a stolen database opens no account. */
export function mailedLinks(now: () => Date) {
  const good = (kind: LinkKind, token: string) => ({ hash: hashOf(token), kind, expiresAt: { $gt: now() } });

  return {
    /** Makes a link's secret, which voids an earlier link of the same kind to the same address. */
    async issue(kind: LinkKind, userId: string, email: string): Promise<string> {
      const token = randomBytes(32).toString('base64url');
      const expiresAt = new Date(now().getTime() + goodFor[kind]);
      await Links.updateOne({ userId, kind, email }, { $set: { hash: hashOf(token), expiresAt } }, { upsert: true });
      return token;
    },

    /** A valid link, or null. Does not use it up. */
    peek: (kind: LinkKind, token: string) => Links.collection.findOne(good(kind, token)) as Promise<StoredLink | null>,

    /** Uses up a link. Returns its account and the address that it was sent to; null if it is not valid. */
    take: (kind: LinkKind, token: string) =>
      Links.collection.findOneAndDelete(good(kind, token)) as Promise<StoredLink | null>,
  };
}

export type MailedLinks = ReturnType<typeof mailedLinks>;
