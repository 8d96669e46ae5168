'use client';
import NextLink, { useLinkStatus } from 'next/link';
import type { ComponentProps } from 'react';

function Progress() {
  const { pending } = useLinkStatus();
  return <span className={pending ? 'progress-line' : undefined} aria-hidden />;
}

/**
 * An internal link, with a progress bar at the top of the window while its page loads. Pages arrive complete, with
 * their real status, rather than behind a placeholder, so there is nothing to prefetch.
 */
export function Link({ children, ...props }: Omit<ComponentProps<typeof NextLink>, 'prefetch'>) {
  return (
    <NextLink {...props} prefetch={false}>
      {children}
      <Progress />
    </NextLink>
  );
}
