'use client';
import type { PasskeyBody } from '@ticketing/common/contract';
import { passkeyName } from '@ticketing/common/contract/limits';
import { useRouter } from 'next/navigation';
import { Field, Form, Submit } from '@/components/form';
import { LocalTime } from '@/components/local-time';
import { useTexts } from '@/components/texts';
import { useHydrated } from '@/components/use-hydrated';
import { hasPasskeys, makePasskey } from '@/lib/account/passkeys';
import { addPasskey, removePasskey, renamePasskey } from '@/lib/api/factors';
import { useProof } from './proof';

/** One of the visitor's passkeys. */
function Passkey({ id, name, createdAt, lastUsedAt }: PasskeyBody) {
  const t = useTexts('factors');
  const router = useRouter();
  const proven = useProof();
  const remove = () =>
    proven(async () => {
      await removePasskey(id);
      router.refresh();
    });
  async function rename({ name: typed = '' }: Record<string, string>) {
    await renamePasskey(id, typed.trim());
    router.refresh();
  }
  return (
    <li>
      <div>
        <strong id={`passkey-${id}`}>
          <bdi>{name}</bdi>
        </strong>
        <p>
          {t.added} <LocalTime iso={createdAt} /> ·{' '}
          {lastUsedAt ? (
            <>
              {t.lastUsed} <LocalTime iso={lastUsedAt} />
            </>
          ) : (
            t.neverUsed
          )}
        </p>
        <details key={name}>
          <summary aria-describedby={`passkey-${id}`}>{t.rename}</summary>
          <Form send={rename} checks={{ name: (typed) => (typed.trim() ? undefined : t.nameMissing) }}>
            <Field name="name" label={t.newName} defaultValue={name} maxLength={passkeyName.max} autoComplete="off" />
            <Submit busy={t.saving} className="btn btn-outline-primary">
              {t.saveName}
            </Submit>
          </Form>
        </details>
      </div>
      <Form send={remove}>
        <Submit busy={t.removing} describedBy={`passkey-${id}`} className="btn btn-outline-primary">
          {t.remove}
        </Submit>
      </Form>
    </li>
  );
}

interface PasskeysProps {
  passkeys: PasskeyBody[];
  /** The default name of a new one. */
  suggested: string;
}

/** The visitor's passkeys: added, named and removed. */
export function Passkeys({ passkeys, suggested }: PasskeysProps) {
  const t = useTexts('factors');
  const router = useRouter();
  const proven = useProof();
  const hydrated = useHydrated();
  const add = ({ name = '' }: Record<string, string>) =>
    proven(async () => {
      await addPasskey(name.trim(), await makePasskey(t.cancelled));
      router.refresh();
    });
  return (
    <>
      <p>{t.passkeysIntro}</p>
      {passkeys.length === 0 && <p>{t.noPasskeys}</p>}
      <ul className="sessions">
        {passkeys.map((passkey) => (
          <Passkey key={passkey.id} {...passkey} />
        ))}
      </ul>
      {hydrated && !hasPasskeys() ? (
        <p>{t.unsupported}</p>
      ) : (
        <Form send={add} checks={{ name: (typed) => (typed.trim() ? undefined : t.nameMissing) }}>
          <Field
            name="name"
            label={t.passkeyName}
            hint={t.passkeyNameHint}
            defaultValue={suggested}
            maxLength={passkeyName.max}
            autoComplete="off"
          />
          <Submit busy={t.adding} className="btn btn-outline-primary w-100">
            {t.addPasskey}
          </Submit>
        </Form>
      )}
    </>
  );
}
