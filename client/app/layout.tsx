import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { Header } from '@/components/header';
import 'bootstrap/dist/css/bootstrap.min.css';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Ticketing – tickets from people to people', template: '%s – Ticketing' },
  description: 'Buy and sell tickets. The one you choose is held for you while you pay.',
};

export const viewport: Viewport = { themeColor: '#fbf7f1' };

/** The frame of every page. The header is beside the page, not around it, so that both ask the API at once. */
export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <a className="skip-link" href="#main">
          Skip to the content
        </a>
        <Header />
        <main id="main" className="container" tabIndex={-1}>
          {children}
        </main>
        <footer className="container site-footer">A ticket is held for you while you pay. No ticket, no charge.</footer>
      </body>
    </html>
  );
}
