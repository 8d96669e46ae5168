'use client';
import { createContext, useContext } from 'react';
import type { FormErrors } from '@/lib/api/errors';

/** Says what is wrong with a field's value, given all values of its form, or nothing. */
export type Check = (value: string, values: Record<string, string>) => string | undefined;

export const none: FormErrors = { fields: {}, general: [] };

export const FormState = createContext({ errors: none, pending: false });
export const useFormState = () => useContext(FormState);

/** What was typed into a form, by the names of its fields. */
export function valuesOf(form: HTMLFormElement): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') values[name] = value;
  return values;
}

/** What the checks say of a form, by field. */
export function problemsOf(values: Record<string, string>, checks: Record<string, Check>): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const [name, check] of Object.entries(checks)) {
    const problem = check(values[name] ?? '', values);
    if (problem) problems[name] = problem;
  }
  return problems;
}

/** `problems` with what is said of one field now, or without it. */
export function withField(problems: Record<string, string>, name: string, problem?: string): Record<string, string> {
  const others = Object.fromEntries(Object.entries(problems).filter(([known]) => known !== name));
  return problem ? { ...others, [name]: problem } : others;
}
