import type { MetadataRoute } from 'next';
import { ticketsForSale } from '@/lib/api/server';
import { siteOrigin } from '@/lib/origin';

/** What search engines are to visit: the list and the tickets for sale, the newest first. */
export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  const [site, ids] = await Promise.all([siteOrigin(), ticketsForSale()]);
  return [{ url: `${site}/` }, ...ids.map((id) => ({ url: `${site}/tickets/${id}` }))];
}
