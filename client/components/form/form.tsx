'use client';
import { useEffect, useRef, useState, useTransition, type FocusEvent, type FormEvent, type ReactNode } from 'react';
import { useTexts } from '@/components/texts';
import { toFormErrors, type FormErrors } from '@/lib/errors';
import { FormState, none, problemsOf, valuesOf, withField, type Check } from './state';

/** A form that stays must not offer the secrets that it has just sent. */
function forgetPasswords(form: HTMLFormElement): void {
  for (const input of form.querySelectorAll<HTMLInputElement>('input[type="password"]')) input.value = '';
}

interface FormProps {
  /** Does what the form is for. What it rejects with is shown where it belongs, by `toFormErrors`. */
  send: (values: Record<string, string>) => Promise<unknown>;
  /** What must be right before anything is sent, by field: said when a field is left, unsaid as soon as it is right. */
  checks?: Record<string, Check>;
  /** Said when it has been done, for a form that stays. */
  done?: string;
  className?: string;
  children: ReactNode;
}

/**
 * A form that sends one request at a time, keeps what was typed, and moves the focus to what went wrong.
 * A form without fields is a button that acts.
 */
export function Form({ send, checks = {}, done, className, children }: FormProps) {
  const texts = { form: useTexts('form'), api: useTexts('api') };
  const form = useRef<HTMLFormElement>(null);
  const [errors, setErrors] = useState(none);
  const [refused, setRefused] = useState<FormErrors>();
  const [isDone, setDone] = useState(false);
  const [pending, startTransition] = useTransition();
  const isSending = useRef(false);

  useEffect(() => {
    if (refused) form.current?.querySelector<HTMLElement>('[role="alert"], [aria-invalid="true"]')?.focus();
  }, [refused]);

  function refuse(found: FormErrors) {
    setErrors(found);
    setRefused(found);
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isSending.current) return;
    const target = event.currentTarget;
    const values = valuesOf(target);
    const problems = problemsOf(values, checks);
    if (Object.keys(problems).length > 0) {
      refuse({ fields: problems, general: [] });
      return;
    }
    isSending.current = true;
    startTransition(async () => {
      setDone(false);
      try {
        await send(values);
        setErrors(none);
        setDone(true);
        if (done) forgetPasswords(target);
      } catch (error) {
        const names = [...target.elements].flatMap((element) => element.getAttribute('name') ?? []);
        refuse(toFormErrors(error, names, texts));
      } finally {
        isSending.current = false;
      }
    });
  }

  function recheck(event: FormEvent<HTMLFormElement> | FocusEvent<HTMLFormElement>, isLeft: boolean) {
    const { name, value } = event.target as EventTarget & { name?: string; value?: string };
    if (!name || value === undefined) return;
    const problem = checks[name]?.(value, valuesOf(event.currentTarget));
    setErrors((known) => {
      const isSaid = name in known.fields;
      const isNews = isLeft ? value !== '' && problem !== undefined : isSaid && problem !== known.fields[name];
      return isNews ? { ...known, fields: withField(known.fields, name, problem) } : known;
    });
  }

  return (
    <FormState value={{ errors, pending }}>
      <form
        ref={form}
        onSubmit={submit}
        onInput={(event) => {
          recheck(event, false);
        }}
        onBlur={(event) => {
          recheck(event, true);
        }}
        noValidate
        className={className}
        aria-busy={pending}
      >
        {errors.general.length > 0 && (
          <div className="alert alert-danger" role="alert" tabIndex={-1}>
            {errors.general.map((message) => (
              <p className="mb-0" key={message}>
                {message}
              </p>
            ))}
          </div>
        )}
        {done && isDone && (
          <p className="alert alert-success" role="status">
            {done}
          </p>
        )}
        {children}
      </form>
    </FormState>
  );
}
