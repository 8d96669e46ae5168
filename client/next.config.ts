import path from 'node:path';
import type { NextConfig } from 'next';

// Next.js has no option for this; it reads the variable after the configuration.
process.env.NEXT_TELEMETRY_DISABLED = '1';

const root = path.join(__dirname, '..');

/** Headers of every response, besides the Content-Security-Policy (set in `proxy.ts`). */
const headers = {
  // Same as in the services. Browsers honor it over HTTPS, wherever TLS ends.
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Cross-Origin-Opener-Policy': 'same-origin-allow-popups',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(self "https://js.stripe.com")',
};

/** For everything but pages: files and health checks load nothing. Pages have a policy with a nonce (`proxy.ts`). */
const files = ['/_next/static/:path*', '/icon.svg', '/favicon.ico', '/healthz'];
const policy = "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

const listed = (entries: Record<string, string>) => Object.entries(entries).map(([key, value]) => ({ key, value }));

const config: NextConfig = {
  // For the image, which runs .next/standalone; `next start` needs no copy of the packages in use.
  ...(process.env.NEXT_OUTPUT === 'standalone' && { output: 'standalone' }),
  outputFileTracingRoot: root,
  turbopack: { root },
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  // How much of a body `proxy.ts` buffers in memory: none of our forms is longer.
  experimental: { proxyClientMaxBodySize: '16kb' },
  sassOptions: { quietDeps: true, silenceDeprecations: ['import', 'global-builtin', 'color-functions', 'if-function'] },
  // `npm run lint` checks the types of all code.
  typescript: { ignoreBuildErrors: true },
  // Browsers request this on a page without an icon, such as an error page.
  rewrites: () => Promise.resolve([{ source: '/favicon.ico', destination: '/icon.svg' }]),
  headers: () =>
    Promise.resolve([
      { source: '/:path*', headers: listed(headers) },
      ...files.map((source) => ({ source, headers: listed({ 'Content-Security-Policy': policy }) })),
    ]),
};

export default config;
