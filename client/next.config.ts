import path from 'node:path';
import type { NextConfig } from 'next';

// Next.js has no option for it; it reads this after the configuration.
process.env.NEXT_TELEMETRY_DISABLED = '1';

const root = path.join(__dirname, '..');

/** What every answer carries besides the Content-Security-Policy, which is `proxy.ts`'s. */
const headers = {
  // As the services say it. Browsers heed it where the answer came by HTTPS, whoever ended that in front of us.
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Cross-Origin-Opener-Policy': 'same-origin-allow-popups',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(self "https://js.stripe.com")',
};

const config: NextConfig = {
  // The image runs .next/standalone; `next start` serves the same build.
  output: 'standalone',
  outputFileTracingRoot: root,
  turbopack: { root },
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  sassOptions: { quietDeps: true, silenceDeprecations: ['import', 'global-builtin', 'color-functions', 'if-function'] },
  // `npm run types` checks them once for the whole workspace; a second time here would only cost.
  typescript: { ignoreBuildErrors: true },
  // What browsers ask for on a page that names no icon, such as one that failed.
  rewrites: () => Promise.resolve([{ source: '/favicon.ico', destination: '/icon.svg' }]),
  headers: () =>
    Promise.resolve([{ source: '/:path*', headers: Object.entries(headers).map(([key, value]) => ({ key, value })) }]),
};

export default config;
