'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState, useTransition, type FormEvent, type ReactNode } from 'react';
import { useReader, useTexts } from '@/components/texts';
import { hasCode, statusOf, toFormErrors, type FormErrors } from '@/lib/api/errors';
import { sessionEndedPath } from '@/lib/account/next-path';
import { KeepAccount } from './keep-account';
import { Leaving } from './leaving';
import { SendLink } from './send-link';
import { FormState, none, problemsOf, valuesOf, withField, type Check } from './state';
import { useAfterPress } from './use-after-press';
import { useDraft } from './use-draft';

/** A form that stays on the page must clear the secrets it has sent. */
function forgetPasswords(form: HTMLFormElement): void {
  for (const input of form.querySelectorAll<HTMLInputElement>('[data-secret]')) input.value = '';
}

/** What a refusal offers, by its code, so that the form can be sent after all. */
const WAYS_ON = { 'email-unconfirmed': SendLink, 'account-leaving': KeepAccount } as const;
const codesWithWay = Object.keys(WAYS_ON) as (keyof typeof WAYS_ON)[];

interface FormProps {
  /** Submits the form. Its rejections are shown where they belong, by `toFormErrors`. */
  send: (values: Record<string, string>) => Promise<unknown>;
  /** Validation before sending, by field: errors appear on blur and disappear once fixed. */
  checks?: Record<string, Check>;
  /** Success message, for a form that stays on the page. */
  done?: string;
  /** The unique name under which unsaved input is kept (see `useDraft`); without one, nothing is kept. */
  draft?: string;
  className?: string;
  children: ReactNode;
}

/**
 * A form that sends one request at a time, keeps what was typed, and moves focus to the first error. If the session has
 * ended, it leads to sign-in and back. A form without fields is an action button.
 */
export function Form({ send, checks = {}, done, draft, className, children }: FormProps) {
  const texts = { form: useTexts('form'), api: useTexts('api'), ...useReader() };
  const form = useRef<HTMLFormElement>(null);
  const [errors, setErrors] = useState(none);
  const [refused, setRefused] = useState<FormErrors>();
  const [way, setWay] = useState<keyof typeof WAYS_ON>();
  const [isDone, setDone] = useState(false);
  const [pending, startTransition] = useTransition();
  const isSending = useRef(false);
  const router = useRouter();
  const WayOn = way && WAYS_ON[way];
  const afterPress = useAfterPress();
  const [isRestored, setRestored] = useState(false);
  const { dirtyRef, settle } = useDraft(form, draft, () => {
    setRestored(true);
  });

  // It stays pending until the next page has loaded: taps until then count as the same one.
  useEffect(() => {
    isSending.current = pending;
  }, [pending]);

  useEffect(() => {
    if (refused) form.current?.querySelector<HTMLElement>('[role="alert"], [aria-invalid="true"]')?.focus();
  }, [refused]);

  function refuse(found: FormErrors) {
    setDone(false);
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
        settle();
        setRestored(false);
        setErrors(none);
        setDone(true);
        if (done) forgetPasswords(target);
      } catch (error) {
        if (statusOf(error) === 401) {
          router.push(sessionEndedPath(location.pathname + location.search));
          return;
        }
        const names = [...target.elements].flatMap((element) => element.getAttribute('name') ?? []);
        setWay(codesWithWay.find((code) => hasCode(error, code)));
        refuse(toFormErrors(error, names, texts));
      }
    });
  }

  function recheck(control: EventTarget & { name?: string; value?: string }, isLeft: boolean) {
    const { name, value } = control;
    if (!name || value === undefined || !form.current) return;
    const problem = checks[name]?.(value, valuesOf(form.current));
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
        // Until scripts run it may be sent as it is: what was typed never gets into the address.
        method="post"
        onSubmit={submit}
        onInput={({ target }) => {
          recheck(target, false);
        }}
        onBlur={({ target }) => {
          afterPress(() => {
            recheck(target, true);
          });
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
            {WayOn && <WayOn />}
          </div>
        )}
        {isRestored && (
          <p className="alert alert-success" role="status">
            {texts.form.restored}
          </p>
        )}
        {done && isDone && (
          <p className="alert alert-success" role="status">
            {done}
          </p>
        )}
        {children}
      </form>
      {draft && <Leaving dirtyRef={dirtyRef} />}
    </FormState>
  );
}
