'use client';
import { createContext, useContext } from 'react';
import type { FormErrors } from '@/lib/api/errors';

/** Returns the error of a field's value, given all values of its form, if any. */
export type Check = (value: string, values: Record<string, string>) => string | undefined;

export const none: FormErrors = { fields: {}, general: [] };

export const FormState = createContext({ errors: none, pending: false });
export const useFormState = () => useContext(FormState);

/** A form's values, by field name. */
export function valuesOf(form: HTMLFormElement): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') values[name] = value;
  return values;
}

/** A form's errors, by field. */
export function problemsOf(values: Record<string, string>, checks: Record<string, Check>): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const [name, check] of Object.entries(checks)) {
    const problem = check(values[name] ?? '', values);
    if (problem) problems[name] = problem;
  }
  return problems;
}

/** `problems` with one field's error set or removed. */
export function withField(problems: Record<string, string>, name: string, problem?: string): Record<string, string> {
  const others = Object.fromEntries(Object.entries(problems).filter(([known]) => known !== name));
  return problem ? { ...others, [name]: problem } : others;
}
