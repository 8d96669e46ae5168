import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type { NewPasskey, PasskeyAnswer, UserBody } from '@ticketing/common';
import { passkeyInvalid, type Passkey } from './domain/factors';

const TIMEOUT = 5 * 60_000;
const NAME = 'Ticketing';

const bytes = (text: string, encoding: BufferEncoding) => new Uint8Array(Buffer.from(text, encoding));
const described = ({ credential: id, transports }: Passkey) => ({ id, transports });

/**
 * Web Authentication for a site. Every passkey is found without naming an account, and verifies its user: it is two
 * factors by itself. Any failure is refused as `passkey-invalid`.
 * @param siteUrl the site's URL: passkeys work only there
 */
export function webauthn(siteUrl: string) {
  const { hostname: rpID, origin } = new URL(siteUrl);
  const expected = { expectedOrigin: origin, expectedRPID: rpID, requireUserVerification: true };

  return {
    /** The options for creating a passkey. */
    creation: ({ id, email }: UserBody, passkeys: Passkey[]) =>
      generateRegistrationOptions({
        ...{
          rpName: NAME,
          rpID,
          userName: email,
          userID: bytes(id, 'utf8'),
          timeout: TIMEOUT,
          attestationType: 'none',
        },
        excludeCredentials: passkeys.map(described),
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      }),

    /** The options for using one of these passkeys, or any. */
    request: (passkeys: Passkey[] = []) =>
      generateAuthenticationOptions({
        ...{ rpID, timeout: TIMEOUT, userVerification: 'required' },
        allowCredentials: passkeys.map(described),
      }),

    /** The passkey created by a browser. */
    async added(response: NewPasskey, expectedChallenge: string) {
      const { registrationInfo } = await verifyRegistrationResponse({
        ...{ ...expected, expectedChallenge },
        response: response as Parameters<typeof verifyRegistrationResponse>[0]['response'],
      }).catch((): never => {
        throw passkeyInvalid();
      });
      if (!registrationInfo) throw passkeyInvalid();
      const { id, publicKey, counter } = registrationInfo.credential;
      const transports = response.response.transports ?? [];
      return { credential: id, publicKey: Buffer.from(publicKey).toString('base64url'), counter, transports };
    },

    /** Verifies a passkey's signature; returns its counter. One that has not increased was copied: it is refused. */
    async counted(response: PasskeyAnswer, expectedChallenge: string, account: string, passkey: Passkey) {
      const { userHandle } = response.response;
      if (userHandle && Buffer.from(userHandle, 'base64url').toString() !== account) throw passkeyInvalid();
      const { credential: id, publicKey, counter } = passkey;
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        ...{ ...expected, expectedChallenge },
        response: response as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
        credential: { id, publicKey: bytes(publicKey, 'base64url'), counter },
      }).catch((): never => {
        throw passkeyInvalid();
      });
      if (!verified) throw passkeyInvalid();
      return authenticationInfo.newCounter;
    },
  };
}

export type Webauthn = ReturnType<typeof webauthn>;
