'use client';
import { useId, type ComponentProps, type ReactNode } from 'react';
import { useFormState } from './state';

/** Properties of every control. */
export interface Labelled {
  name: string;
  label: string;
  hint?: string;
}

/** Attributes that connect a control to its label, hint and error. */
interface Ties {
  id: string;
  'aria-invalid'?: true;
  'aria-describedby'?: string;
}

interface ControlProps extends Labelled {
  children: (ties: Ties, invalid: string) => ReactNode;
}

/** A control's label, hint and error, around the control itself. */
export function Control({ name, label, hint, children }: ControlProps) {
  const id = useId();
  const error = useFormState().errors.fields[name];
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ');
  const ties = { id, 'aria-invalid': error ? (true as const) : undefined, 'aria-describedby': described || undefined };
  return (
    <div className="field">
      <label className="form-label" htmlFor={id}>
        {label}
      </label>
      {children(ties, error ? ' is-invalid' : '')}
      {error && (
        <div className="invalid-feedback" id={`${id}-error`}>
          {error}
        </div>
      )}
      {hint && (
        <div className="form-text" id={`${id}-hint`}>
          {hint}
        </div>
      )}
    </div>
  );
}

/** An input with its label, hint and error. */
export function Field({ name, label, hint, ...input }: Labelled & ComponentProps<'input'>) {
  return (
    <Control name={name} label={label} hint={hint}>
      {(ties, invalid) => <input {...input} {...ties} name={name} className={`form-control${invalid}`} />}
    </Control>
  );
}

/** Like `Field`, for multi-line text. */
export function TextArea({ name, label, hint, ...area }: Labelled & ComponentProps<'textarea'>) {
  return (
    <Control name={name} label={label} hint={hint}>
      {(ties, invalid) => <textarea rows={4} {...area} {...ties} name={name} className={`form-control${invalid}`} />}
    </Control>
  );
}

/** Like `Field`, for a choice of `<option>`s. */
export function Select({ name, label, hint, ...select }: Labelled & ComponentProps<'select'>) {
  return (
    <Control name={name} label={label} hint={hint}>
      {(ties, invalid) => <select {...select} {...ties} name={name} className={`form-select${invalid}`} />}
    </Control>
  );
}
