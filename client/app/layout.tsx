import type { Metadata, Viewport } from 'next';
import localFont from 'next/font/local';
import type { ReactNode } from 'react';
import { Arrival } from '@/components/frame/arrival';
import { Footer } from '@/components/frame/footer';
import { Header } from '@/components/frame/header';
import { ReaderProvider } from '@/components/texts';
import { currency } from '@/lib/config';
import { preferences } from '@/lib/visitor';
import { getTexts } from '@/texts';
import '../styles/index.scss';

const archivo = localFont({
  src: '../fonts/archivo.woff2',
  weight: '400 900',
  variable: '--font-archivo',
  declarations: [{ prop: 'font-stretch', value: '100% 125%' }],
});

export async function generateMetadata(): Promise<Metadata> {
  const { frame } = await getTexts();
  return { title: { default: frame.siteTitle, template: '%s – Ticketing' }, description: frame.siteDescription };
}

const paper = { light: '#ffffff', dark: '#0e0d12' };

export async function generateViewport(): Promise<Viewport> {
  const { theme } = await preferences();
  if (theme) return { colorScheme: theme, themeColor: paper[theme] };
  return {
    colorScheme: 'light dark',
    themeColor: [
      { media: '(prefers-color-scheme: light)', color: paper.light },
      { media: '(prefers-color-scheme: dark)', color: paper.dark },
    ],
  };
}

/**
 * The layout of every page. The header is a sibling of the page, not its parent, so that both call the API in parallel.
 */
export default async function Layout({ children }: { children: ReactNode }) {
  const [{ language, locale, theme, timeZone }, { form, api, problems, frame }] = await Promise.all([
    preferences(),
    getTexts(),
  ]);
  return (
    <html lang={language} data-bs-theme={theme} data-currency={currency()} className={archivo.variable}>
      <body>
        <a className="skip-link" href="#main">
          {frame.skip}
        </a>
        <ReaderProvider locale={locale} timeZone={timeZone} texts={{ form, api, problems }}>
          <Header />
          <noscript>
            <p className="container alert alert-warning">{frame.noScript}</p>
          </noscript>
          <main id="main" className="container" tabIndex={-1}>
            {children}
          </main>
          <Footer />
          <Arrival />
        </ReaderProvider>
      </body>
    </html>
  );
}
