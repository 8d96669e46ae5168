'use client';
import { useState } from 'react';
import { Field, Form, Submit } from '@/components/form';
import { useTexts } from '@/components/texts';
import { askPasskey } from '@/lib/account/passkeys';
import { takeStep } from '@/lib/api/factors';
import { useEntry } from './use-entry';

interface SecondStepProps {
  /** The steps that may be taken: passkey, app, recovery. */
  steps: string[];
  next: string;
  /** Goes back to the first step. */
  onBack: () => void;
}

/** The second step of signing in. */
export function SecondStep({ steps, next, onBack }: SecondStepProps) {
  const t = useTexts('factors');
  const enter = useEntry(next);
  const [isRecovery, setRecovery] = useState(!steps.includes('app') && !steps.includes('passkey'));
  async function byPasskey() {
    await takeStep({ credential: await askPasskey('/users/signin', t.cancelled) });
    await enter();
  }
  async function byCode({ code = '' }: Record<string, string>) {
    await takeStep({ code });
    await enter();
  }
  const checks = { code: (typed: string) => (typed.trim() ? undefined : t.codeMissing) };
  const hasCode = isRecovery || steps.includes('app');
  return (
    <>
      <h2>{t.stepTitle}</h2>
      <p role="status">{t.stepIntro}</p>
      {steps.includes('passkey') && !isRecovery && (
        <Form send={byPasskey}>
          <Submit busy={t.asking} className="btn btn-primary btn-lg w-100">
            {t.stepByPasskey}
          </Submit>
        </Form>
      )}
      {hasCode && (
        <Form key={String(isRecovery)} send={byCode} checks={checks}>
          <Field
            name="code"
            label={isRecovery ? t.recoveryCode : t.appCode}
            hint={isRecovery ? t.recoveryCodeHint : t.appCodeHint}
            inputMode={isRecovery ? 'text' : 'numeric'}
            autoComplete="one-time-code"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={40}
            autoFocus
          />
          <Submit busy={t.verifying} className="btn btn-primary btn-lg w-100">
            {t.verify}
          </Submit>
        </Form>
      )}
      <p className="narrow-foot">
        {steps.includes('recovery') && (
          <button
            type="button"
            className="btn btn-link"
            onClick={() => {
              setRecovery(!isRecovery);
            }}
          >
            {isRecovery ? t.useAppCode : t.useRecoveryCode}
          </button>
        )}
        <button type="button" className="btn btn-link" onClick={onBack}>
          {t.startAgain}
        </button>
      </p>
    </>
  );
}
