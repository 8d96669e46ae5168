import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import { passkeyOptions, type PasskeyPath } from '@/lib/api/factors';
import { LocalRefusal } from '@/lib/api/errors';

/** Loaded on demand: most visitors sign in with a password. */
const webauthn = () => import('@simplewebauthn/browser');

export const hasPasskeys = () => typeof window.PublicKeyCredential === 'function';

/** Whether the browser offers passkeys through form autofill. */
export const offersPasskeys = async () =>
  hasPasskeys() && Boolean(await window.PublicKeyCredential.isConditionalMediationAvailable?.());

/** Any failure of the browser: no matching passkey, cancelled by the user … */
function refuse(cancelled: string) {
  return (error: unknown): never => {
    throw error instanceof Error && /^(NotAllowed|Abort|InvalidState|Security|Unknown|Constraint)/.test(error.name)
      ? new LocalRefusal(cancelled)
      : error;
  };
}

/**
 * Asks the browser for one of the visitor's passkeys.
 * @param cancelled what they read if it returns none
 */
export async function askPasskey(path: PasskeyPath, cancelled: string): Promise<object> {
  const [{ startAuthentication }, options] = await Promise.all([webauthn(), passkeyOptions(path)]);
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON;
  return startAuthentication({ optionsJSON }).catch(refuse(cancelled));
}

/** Has the browser offer passkeys in the email field. Rejects when the browser is asked for another passkey. */
export async function offerPasskeys(): Promise<object> {
  const [{ startAuthentication }, options] = await Promise.all([webauthn(), passkeyOptions('/users/passkeys')]);
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON;
  return startAuthentication({ optionsJSON, useBrowserAutofill: true });
}

/** Stops offering passkeys. */
export const stopOffering = async () => (await webauthn()).WebAuthnAbortService.cancelCeremony();

/** Has the browser create a passkey. */
export async function makePasskey(cancelled: string): Promise<object> {
  const [{ startRegistration }, options] = await Promise.all([webauthn(), passkeyOptions('/users/me/passkeys')]);
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
  return startRegistration({ optionsJSON }).catch(refuse(cancelled));
}
