'use client';
import NextLink, { useLinkStatus } from 'next/link';
import type { ComponentProps } from 'react';

function Progress() {
  const { pending } = useLinkStatus();
  return <span className={pending ? 'progress-line' : undefined} aria-hidden />;
}

/**
 * A link within the site, with a progress line at the top of the window while its page is on the way. Pages come
 * whole, with their true status, rather than behind a placeholder; so there is nothing to fetch ahead.
 */
export function Link({ children, ...props }: Omit<ComponentProps<typeof NextLink>, 'prefetch'>) {
  return (
    <NextLink {...props} prefetch={false}>
      {children}
      <Progress />
    </NextLink>
  );
}
