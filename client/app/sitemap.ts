import type { MetadataRoute } from 'next';
import { ticketsForSale } from '@/lib/api/server';
import { keep } from '@/lib/keep';
import { siteOrigin } from '@/lib/origin';

/** Up to fifty pages of the API for whoever asks: search engines do so once a day. */
const idsForSale = keep(600_000, ticketsForSale);

/** What search engines are to visit: the list and the tickets for sale, the newest first. */
export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  const [site, ids] = await Promise.all([siteOrigin(), idsForSale()]);
  return [{ url: `${site}/` }, ...ids.map((id) => ({ url: `${site}/tickets/${id}` }))];
}
