'use client';
import { usePathname, useSearchParams } from 'next/navigation';
import type { ReactNode } from 'react';
import { SearchForm } from './search-form';

/** The search box in every page's header. On the list it is prefilled and keeps the other filters. */
export function SearchBox({ label, children }: { label: string; children?: ReactNode }) {
  const isList = usePathname() === '/';
  const asked = [...useSearchParams()].filter(([name]) => isList && name !== 'cursor');
  const words = asked.find(([name]) => name === 'q')?.[1] ?? '';
  return (
    <SearchForm label={label} className="search">
      {children}
      <input
        type="search"
        name="q"
        defaultValue={words}
        aria-label={label}
        placeholder={label}
        maxLength={100}
        enterKeyHint="search"
      />
      {asked.map(([name, value]) => name !== 'q' && <input key={name} type="hidden" name={name} value={value} />)}
    </SearchForm>
  );
}
