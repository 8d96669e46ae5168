'use client';
import { useState } from 'react';
import { useTexts } from '@/components/texts';
import { strengthOf, type Strength } from '@/lib/account/strength';
import { Control, type Labelled } from './field';

interface PasswordFieldProps extends Labelled {
  autoComplete: 'current-password' | 'new-password';
}

const LEVELS: Record<Strength, number> = { weak: 1, fair: 2, strong: 3 };

/** A password input whose text can be shown. A new password gets a strength meter: a hint that may be ignored. */
export function PasswordField({ autoComplete, ...labelled }: PasswordFieldProps) {
  const t = useTexts('form');
  const [isShown, setShown] = useState(false);
  const [strength, setStrength] = useState<Strength>();
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
            onInput={({ currentTarget: { value } }) => {
              setStrength(autoComplete === 'new-password' && value ? strengthOf(value) : undefined);
            }}
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
          {strength && !invalid && (
            <p className="password-strength form-text">
              <meter min={0} max={3} value={LEVELS[strength]} aria-label={t.strength} /> {t.strengths[strength]}
            </p>
          )}
        </div>
      )}
    </Control>
  );
}
