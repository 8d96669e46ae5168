import 'server-only';
import type { CountBody, ProfileBody, SellerProfileBody } from '@ticketing/common/contract';
import { documentPath } from './ask';
import { found, get } from './server';

/** How long a page waits for optional data, in milliseconds. */
const PATIENCE_MS = 1_000;

/** A seller's public data, as far as it arrived in time. */
export interface Seller {
  /** Null if their account is deleted. */
  profile?: ProfileBody | null;
  /** The tickets they have sold. */
  sold?: CountBody;
  isConfirmed: boolean;
}

/** A seller. Never fails: three services have their data, and a ticket can be shown without any of it. */
export async function findSeller(id: string): Promise<Seller> {
  const aside = async <T>(collection: string) => {
    const path = documentPath(collection, id);
    return path ? get<T>(path, undefined, { deadlineMs: PATIENCE_MS }).catch(() => undefined) : undefined;
  };
  const [profile, sold, account] = await Promise.all([
    aside<ProfileBody>('/api/users'),
    aside<CountBody>('/api/tickets/sellers'),
    aside<SellerProfileBody>('/api/payments/sellers'),
  ]);
  return {
    profile: profile?.status === 404 ? null : profile && found(profile),
    sold: sold && found(sold),
    isConfirmed: (account && found(account)?.isConfirmed) ?? false,
  };
}
