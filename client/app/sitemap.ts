import type { MetadataRoute } from 'next';
import { ticketsForSale } from '@/lib/api/server';
import { keep } from '@/lib/keep';
import { siteOrigin } from '@/lib/origin';
import { wordPages } from '@/lib/words/pages';

/** Reads up to fifty API pages per request: search engines ask once a day. */
const idsForSale = keep(600_000, ticketsForSale);

/** Pages for search engines: the list, what we say of ourselves, and the tickets for sale, newest first. */
export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  const [site, ids] = await Promise.all([siteOrigin(), idsForSale()]);
  const paths = ['', ...wordPages, ...ids.map((id) => `tickets/${id}`)];
  return paths.map((path) => ({ url: `${site}/${path}` }));
}
