'use client';
import { useRouter, useSearchParams } from 'next/navigation';
import { useEffect, useRef, useTransition, type ReactNode, type SubmitEvent } from 'react';

interface SearchFormProps {
  /** The form's accessible name. */
  label: string;
  className: string;
  children: ReactNode;
}

/**
 * A form that reloads the list. Without scripts the browser submits it; with them the list updates in place, and its
 * URL contains only the filled-in fields.
 */
export function SearchForm({ label, className, children }: SearchFormProps) {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [pending, startTransition] = useTransition();
  const address = useSearchParams().toString();
  const shown = useRef(address);

  // The inputs follow the URL, also when a link or the browser history changes it.
  useEffect(() => {
    if (shown.current === address) return;
    shown.current = address;
    form.current?.reset();
  }, [address]);

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const values = [...new FormData(event.currentTarget)].filter(([, value]) => value !== '');
    const query = new URLSearchParams(values as [string, string][]).toString();
    // A phone's keyboard would cover the results.
    const { activeElement } = document;
    if (activeElement instanceof HTMLInputElement && matchMedia('(pointer: coarse)').matches) activeElement.blur();
    startTransition(() => {
      router.push(query ? `/?${query}` : '/');
    });
  }
  return (
    <form
      ref={form}
      action="/"
      role="search"
      aria-label={label}
      className={className}
      onSubmit={submit}
      aria-busy={pending}
    >
      {children}
      <span className={pending ? 'progress-line' : undefined} aria-hidden />
    </form>
  );
}
