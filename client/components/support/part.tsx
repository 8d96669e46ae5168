import type { ReactNode } from 'react';
import type { Part } from '@/lib/support/part';
import type { Service } from '@/lib/support/services';
import { getTexts } from '@/texts';
import { fill } from '@/texts/fill';

/** Shown if a service did not respond. */
export async function Unavailable({ service }: { service: Service }) {
  const { support: t } = await getTexts();
  return <p className="alert alert-warning">{fill(t.unavailable, { service: t.services[service] })}</p>;
}

interface PanelProps {
  /** Unique on its page. */
  id: string;
  title: string;
  children: ReactNode;
}

/** A part of a page, under its heading. */
export const Panel = ({ id, title, children }: PanelProps) => (
  <section className="desk-panel" aria-labelledby={id}>
    <h2 id={id}>{title}</h2>
    {children}
  </section>
);

interface ToldProps<T> {
  part: Part<T>;
  by: Service;
  /** Shown if there is nothing. */
  none?: string;
  children: (value: T) => ReactNode;
}

/** A service's response, or a note that there was none. */
export function Told<T>({ part, by, none, children }: ToldProps<T>) {
  if (part === undefined) return <Unavailable service={by} />;
  if (part === null || (Array.isArray(part) && part.length === 0)) return <p className="form-text">{none}</p>;
  return children(part);
}

/** Names and values; those without a value are left out. */
export const Facts = ({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) => (
  <dl className="desk-facts">
    {facts.map(
      ([name, value]) =>
        value !== null &&
        value !== undefined && (
          <div key={name}>
            <dt>{name}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ),
    )}
  </dl>
);
