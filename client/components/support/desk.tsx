import type { ReactNode } from 'react';
import { Link } from '@/components/link';
import { TextsProvider } from '@/components/texts';
import { getTexts } from '@/texts';
import '@/styles/support.scss';
import { Outcome } from './outcome';

const paths = { queue: '/support', log: '/support/log', events: '/support/events' } as const;

interface DeskProps {
  title: string;
  /** Which of the desk's main pages this is, if any. */
  here?: keyof typeof paths;
  children: ReactNode;
}

/** The frame of every page of the support desk: links to the others, and the result of the last action. */
export async function Desk({ title, here, children }: DeskProps) {
  const { support: t, supportActions } = await getTexts();
  return (
    <TextsProvider texts={{ supportActions }}>
      <nav className="desk-nav" aria-label={t.nav}>
        {(['queue', 'log', 'events'] as const).map((page) => (
          <Link key={page} href={paths[page]} aria-current={here === page ? 'page' : undefined}>
            {t.pages[page]}
          </Link>
        ))}
      </nav>
      <h1 dir="auto">{title}</h1>
      <Outcome>{children}</Outcome>
    </TextsProvider>
  );
}
