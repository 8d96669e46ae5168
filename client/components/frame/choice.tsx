'use client';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { Suspense, type SubmitEvent } from 'react';

interface ChoiceProps {
  /** The preference to set: a name that POST /preferences knows. */
  name: 'theme' | 'language';
  legend: string;
  options: { value: string; label: string; lang?: string }[];
  chosen: string;
}

function Next() {
  const path = usePathname();
  const query = useSearchParams().toString();
  return <input type="hidden" name="next" value={query ? `${path}?${query}` : path} />;
}

/** A switch whose choice the server stores in a cookie and uses for rendering. Without scripts it reloads the page. */
export function Choice({ name, legend, options, chosen }: ChoiceProps) {
  const router = useRouter();
  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const body = new FormData(event.currentTarget, event.nativeEvent.submitter);
    fetch('/preferences', { method: 'POST', body, redirect: 'manual', signal: AbortSignal.timeout(30_000) }).then(
      () => {
        router.refresh();
      },
      () => undefined,
    );
  }
  return (
    <form action="/preferences" method="post" className="choice" onSubmit={submit}>
      <Suspense>
        <Next />
      </Suspense>
      <fieldset>
        <legend>{legend}</legend>
        <div className="choice-options">
          {options.map(({ value, label, lang }) => (
            <button key={value} name={name} value={value} lang={lang} aria-pressed={value === chosen}>
              {label}
            </button>
          ))}
        </div>
      </fieldset>
    </form>
  );
}
