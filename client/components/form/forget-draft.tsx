'use client';
import { useEffect } from 'react';
import { forgetDraft } from './use-draft';

/** Stands where a form was that nobody needs any more: forgets its draft, even one kept as the form went. */
export function ForgetDraft({ name }: { name: string }) {
  useEffect(() => {
    forgetDraft(name);
  }, [name]);
  return null;
}
