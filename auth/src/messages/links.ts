import { createHash, randomBytes } from 'node:crypto';
import { lifetimes } from '@ticketing/common/contract';
import { Links, type StoredLink } from '../store';

/** The kinds of links, each with how long it is good for, in milliseconds. */
const goodFor = { confirm: lifetimes.confirmLink, reset: lifetimes.resetLink, undo: lifetimes.undoLink };
export type LinkKind = keyof typeof goodFor;

const hashOf = (token: string) => createHash('sha256').update(token).digest('base64');

/** Links sent by mail, good for one use. Only their secrets' hashes are kept: a stolen database opens no account. */
export function mailedLinks(now: () => Date) {
  const good = (kind: LinkKind, token: string) => ({ hash: hashOf(token), kind, expiresAt: { $gt: now() } });

  return {
    /** Makes the secret of a link; one of the same kind that was sent to the same address before is void. */
    async issue(kind: LinkKind, userId: string, email: string): Promise<string> {
      const token = randomBytes(32).toString('base64url');
      const expiresAt = new Date(now().getTime() + goodFor[kind]);
      await Links.updateOne({ userId, kind, email }, { $set: { hash: hashOf(token), expiresAt } }, { upsert: true });
      return token;
    },

    /** A link that is good, or null. It stays good. */
    peek: (kind: LinkKind, token: string) => Links.collection.findOne(good(kind, token)) as Promise<StoredLink | null>,

    /** Uses up a link. Returns whose it is, and the address that it was sent to; null if it is not good. */
    take: (kind: LinkKind, token: string) =>
      Links.collection.findOneAndDelete(good(kind, token)) as Promise<StoredLink | null>,
  };
}

export type MailedLinks = ReturnType<typeof mailedLinks>;
