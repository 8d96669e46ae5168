'use client';
import { useState } from 'react';
import { useTexts } from '@/components/texts';
import { Control, type Labelled } from './field';

interface PasswordFieldProps extends Labelled {
  autoComplete: 'current-password' | 'new-password';
}

/** A password input whose text can be shown. */
export function PasswordField({ autoComplete, ...labelled }: PasswordFieldProps) {
  const t = useTexts('form');
  const [isShown, setShown] = useState(false);
  return (
    <Control {...labelled}>
      {(ties, invalid) => (
        <div className="password">
          <input
            {...ties}
            name={labelled.name}
            type={isShown ? 'text' : 'password'}
            className={`form-control${invalid}`}
            autoComplete={autoComplete}
            autoCapitalize="none"
            spellCheck={false}
            data-secret
          />
          <button
            type="button"
            className="password-toggle"
            aria-pressed={isShown}
            aria-label={t.showPassword}
            onClick={() => {
              setShown(!isShown);
            }}
          >
            {isShown ? t.hide : t.show}
          </button>
        </div>
      )}
    </Control>
  );
}
