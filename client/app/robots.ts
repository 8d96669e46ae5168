import type { MetadataRoute } from 'next';
import { siteOrigin } from '@/lib/origin';

/** What search engines may read: tickets for sale, no personal pages. */
export default async function robots(): Promise<MetadataRoute.Robots> {
  const disallow = [
    '/api/',
    '/account',
    '/auth/',
    '/listings',
    '/orders',
    '/pass/',
    '/preferences',
    '/support',
    '/tickets/new',
    '/tickets/*/edit',
  ];
  return { rules: { userAgent: '*', allow: '/', disallow }, sitemap: `${await siteOrigin()}/sitemap.xml` };
}
