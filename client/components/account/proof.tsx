'use client';
import { createContext, useContext, useState, type ReactNode } from 'react';
import { Dialog, Field, Form, PasswordField, Submit } from '@/components/form';
import { useTexts } from '@/components/texts';
import { askPasskey } from '@/lib/account/passkeys';
import { hasCode } from '@/lib/api/errors';
import { prove } from '@/lib/api/factors';

type Act = () => Promise<unknown>;

const ProofContext = createContext((act: Act): Promise<unknown> => act());

/**
 * Does something that requires visitors to have proved who they are; if they have not, asks them first. Whatever should
 * happen afterwards belongs in `act`.
 */
export const useProof = () => useContext(ProofContext);

interface ProofProviderProps {
  isTwoStep: boolean;
  hasPasskey: boolean;
  children: ReactNode;
}

/** Asks visitors to prove who they are when something inside requires it. */
export function ProofProvider({ isTwoStep, hasPasskey, children }: ProofProviderProps) {
  const t = useTexts('factors');
  const [act, setAct] = useState<{ run: Act }>();
  const [isProven, setProven] = useState(false);
  async function attempt(run: Act) {
    try {
      await run();
    } catch (error) {
      if (!hasCode(error, 'proof-required')) throw error;
      setProven(false);
      setAct({ run });
    }
  }
  const close = () => {
    setAct(undefined);
  };
  /** Errors after the proof are shown here, where it can be tried again. */
  async function goOn() {
    setProven(true);
    await act?.run();
    close();
  }
  const checks = {
    password: (typed: string) => (typed ? undefined : t.passwordMissing),
    ...(isTwoStep && { code: (typed: string) => (typed.trim() ? undefined : t.codeMissing) }),
  };
  return (
    <ProofContext value={attempt}>
      {children}
      <Dialog title={t.proofTitle} isOpen={act !== undefined} onClose={close}>
        {isProven ? (
          <Form send={goOn}>
            <p role="status">{t.proofDone}</p>
            <Submit busy={t.confirming} className="btn btn-primary w-100">
              {t.goOn}
            </Submit>
          </Form>
        ) : (
          <>
            <p>{t.proofIntro}</p>
            {hasPasskey && (
              <Form
                send={async () => {
                  await prove({ credential: await askPasskey('/users/me/proof', t.cancelled) });
                  await goOn();
                }}
              >
                <Submit busy={t.asking} className="btn btn-outline-primary w-100">
                  {t.proofByPasskey}
                </Submit>
              </Form>
            )}
            <Form
              send={async (values) => {
                await prove(values);
                await goOn();
              }}
              checks={checks}
            >
              <PasswordField name="password" label={t.password} autoComplete="current-password" />
              {isTwoStep && (
                <Field
                  name="code"
                  label={t.anyCode}
                  autoComplete="one-time-code"
                  autoCapitalize="characters"
                  spellCheck={false}
                  maxLength={40}
                />
              )}
              <Submit busy={t.confirming} className="btn btn-primary w-100">
                {t.confirm}
              </Submit>
            </Form>
          </>
        )}
        <button type="button" className="btn btn-link w-100" onClick={close}>
          {t.cancel}
        </button>
      </Dialog>
    </ProofContext>
  );
}
