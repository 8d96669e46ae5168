'use client';
import { useHydrated } from '@/components/use-hydrated';

/** Prints the page; absent without scripts. */
export function PrintButton({ children }: { children: string }) {
  if (!useHydrated()) return null;
  return (
    <button
      type="button"
      className="btn btn-outline-primary"
      onClick={() => {
        window.print();
      }}
    >
      {children}
    </button>
  );
}
