'use client';
import { useId } from 'react';
import { useFormState } from './state';

interface Choice {
  value: string;
  label: string;
  /** What it means. */
  hint?: string;
}

interface ChoicesProps {
  name: string;
  legend: string;
  options: readonly Choice[];
  /** The initial value. */
  chosen?: string;
}

/** One of a few options, each with its explanation. */
export function Choices({ name, legend, options, chosen }: ChoicesProps) {
  const id = useId();
  const error = useFormState().errors.fields[name];
  return (
    <fieldset
      role="radiogroup"
      className="field options"
      aria-invalid={error ? true : undefined}
      aria-describedby={error && `${id}-error`}
      tabIndex={-1}
    >
      <legend className="form-label">{legend}</legend>
      {options.map(({ value, label, hint }) => (
        <div key={value} className="option">
          <input
            type="radio"
            className="form-check-input"
            id={`${id}-${value}`}
            name={name}
            value={value}
            defaultChecked={value === chosen}
            aria-describedby={hint && `${id}-${value}-hint`}
          />
          <label htmlFor={`${id}-${value}`}>{label}</label>
          {hint && (
            <p id={`${id}-${value}-hint`} className="form-text">
              {hint}
            </p>
          )}
        </div>
      ))}
      {error && (
        <div className="invalid-feedback" id={`${id}-error`}>
          {error}
        </div>
      )}
    </fieldset>
  );
}
