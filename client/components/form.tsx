'use client';
import { createContext, useContext, useEffect, useRef, useState, useTransition } from 'react';
import type { ComponentProps, ReactNode, SyntheticEvent } from 'react';
import { toFormErrors, type FormErrors } from '@/lib/errors';
import { useHydrated } from './use-hydrated';

const none: FormErrors = { fields: {}, general: [] };
const FormState = createContext({ errors: none, pending: false });

function valuesOf(form: HTMLFormElement): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') values[name] = value;
  return values;
}

/** A form that stays must not offer the secrets that it has just sent. */
function forgetPasswords(form: HTMLFormElement): void {
  for (const input of form.querySelectorAll<HTMLInputElement>('input[type="password"]')) input.value = '';
}

interface FormProps {
  /** Does what the form is for. What it rejects with is shown where it belongs, by `toFormErrors`. */
  send: (values: Record<string, string>) => Promise<void>;
  /** Said when it has been done, for a form that stays. */
  done?: string;
  className?: string;
  children: ReactNode;
}

/**
 * A form that sends one request at a time, keeps what was typed, and moves the focus to what went wrong.
 * A form without fields is a button that acts.
 */
export function Form({ send, done, className, children }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [errors, setErrors] = useState(none);
  const [isDone, setDone] = useState(false);
  const [pending, startTransition] = useTransition();
  const isSending = useRef(false);

  useEffect(() => {
    if (errors !== none) form.current?.querySelector<HTMLElement>('[role="alert"], [aria-invalid="true"]')?.focus();
  }, [errors]);

  function submit(event: SyntheticEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isSending.current) return;
    isSending.current = true;
    const target = event.currentTarget;
    startTransition(async () => {
      setDone(false);
      try {
        await send(valuesOf(target));
        setErrors(none);
        setDone(true);
        if (done) forgetPasswords(target);
      } catch (error) {
        const names = [...target.elements].flatMap((element) => element.getAttribute('name') ?? []);
        setErrors(toFormErrors(error, names));
      } finally {
        isSending.current = false;
      }
    });
  }

  return (
    <FormState value={{ errors, pending }}>
      <form ref={form} onSubmit={submit} noValidate className={className} aria-busy={pending}>
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

interface FieldProps extends ComponentProps<'input'> {
  name: string;
  label: string;
  hint?: string;
}

/** An input with its label, its hint and what the API said of it. */
export function Field({ name, label, hint, ...input }: FieldProps) {
  const error = useContext(FormState).errors.fields[name];
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ');
  return (
    <div className="mb-3">
      <label className="form-label" htmlFor={name}>
        {label}
      </label>
      <input
        {...input}
        id={name}
        name={name}
        className={`form-control ${error ? 'is-invalid' : ''}`}
        aria-invalid={error ? true : undefined}
        aria-describedby={described || undefined}
      />
      {error && (
        <div className="invalid-feedback" id={`${name}-error`}>
          {error}
        </div>
      )}
      {hint && (
        <div className="form-text" id={`${name}-hint`}>
          {hint}
        </div>
      )}
    </div>
  );
}

interface SubmitProps {
  /** The button's words while the request is under way. */
  busy: string;
  className?: string;
  children: ReactNode;
}

/** A form's button. It waits for the page to take over, so that no early tap is lost or sent the browser's own way. */
export function Submit({ busy, className = 'btn btn-primary', children }: SubmitProps) {
  const { pending } = useContext(FormState);
  const hydrated = useHydrated();
  return (
    <button type="submit" className={className} disabled={pending || !hydrated}>
      {pending ? busy : children}
    </button>
  );
}
