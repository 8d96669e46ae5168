'use client';
import { useEffect, useRef, type ReactNode } from 'react';

interface CategoriesRowProps {
  label: string;
  /** The current selection. */
  chosen: string;
  children: ReactNode;
}

/** A scrollable row that keeps the selected link in view. */
export function CategoriesRow({ label, chosen, children }: CategoriesRowProps) {
  const row = useRef<HTMLElement>(null);
  useEffect(() => {
    const { current } = row;
    const link = current?.querySelector<HTMLElement>('[aria-current]');
    if (!current || !link) return;
    const [outer, inner] = [current.getBoundingClientRect(), link.getBoundingClientRect()];
    current.scrollLeft += inner.left + inner.width / 2 - (outer.left + outer.width / 2);
  }, [chosen]);
  return (
    <nav ref={row} className="categories" aria-label={label}>
      {children}
    </nav>
  );
}
