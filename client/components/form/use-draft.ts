'use client';
import { useEffect, useRef, type RefObject } from 'react';
import { useHydrated } from '@/components/use-hydrated';
import { valuesOf } from './state';

/** Unsent input, kept as long as the tab is open. */
const keyOf = (name: string) => `draft ${name}`;

function keep(name: string, form: HTMLFormElement): void {
  const secrets = [...form.querySelectorAll<HTMLInputElement>('[data-secret]')].map((input) => input.name);
  const values = Object.entries(valuesOf(form)).filter(([field]) => !secrets.includes(field));
  sessionStorage.setItem(keyOf(name), JSON.stringify(Object.fromEntries(values)));
}

/** Removes what is kept of a form's input. */
export function forgetDraft(name: string): void {
  sessionStorage.removeItem(keyOf(name));
}

/** Fills a kept draft into the form, if any, as if typed. */
function restore(name: string, form: HTMLFormElement): boolean {
  const kept = sessionStorage.getItem(keyOf(name));
  forgetDraft(name);
  if (kept === null) return false;
  const values = JSON.parse(kept) as Record<string, string>;
  for (const element of form.elements) {
    const isControl =
      element instanceof HTMLInputElement ||
      element instanceof HTMLTextAreaElement ||
      element instanceof HTMLSelectElement;
    if (!isControl || !Object.hasOwn(values, element.name)) continue;
    const value = values[element.name] ?? '';
    if (element.type === 'radio') (element as HTMLInputElement).checked = element.value === value;
    else element.value = value;
  }
  form.dispatchEvent(new Event('input', { bubbles: true }));
  return true;
}

/** Whether the visitor typed before hydration, when no event could tell. */
const isTyped = (form: HTMLFormElement): boolean =>
  [...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')].some(
    (control) => control.value !== control.defaultValue,
  );

/**
 * Protects a form's input from being lost, under a name unique to the form: while there is unsaved input the browser
 * asks before closing the page, and after leaving without being asked (by the back button, or to sign in) the input is
 * restored. Passwords are never stored.
 */
export function useDraft(form: RefObject<HTMLFormElement | null>, name: string | undefined, onRestored: () => void) {
  const dirtyRef = useRef(false);
  const restored = useRef(onRestored);
  // Only then do all selects have their options.
  const hydrated = useHydrated();
  useEffect(() => {
    const element = form.current;
    if (!name || !hydrated || !element) return;
    const isRestored = restore(name, element);
    if (isRestored) restored.current();
    dirtyRef.current = isRestored || isTyped(element);
    // Restored input must be visible.
    const folded = element.closest('details');
    if (folded && dirtyRef.current) folded.open = true;
    const typed = () => {
      dirtyRef.current = true;
    };
    const ask = (event: BeforeUnloadEvent) => {
      if (dirtyRef.current) event.preventDefault();
    };
    const controller = new AbortController();
    element.addEventListener('input', typed, controller);
    window.addEventListener('beforeunload', ask, controller);
    return () => {
      controller.abort();
      if (dirtyRef.current) keep(name, element);
    };
  }, [form, name, hydrated]);
  /** Called once the input is sent, also by a form that is gone by then. */
  const settle = () => {
    dirtyRef.current = false;
    if (name) forgetDraft(name);
  };
  return { dirtyRef, settle };
}
