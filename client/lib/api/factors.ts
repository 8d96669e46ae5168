import type { AppBody, PasskeyBody, PasskeyOptionsBody, RecoveryCodesBody, UserBody } from '@ticketing/common/contract';
import { request } from './request';

/** Passkeys and two-step sign-in, for the browser. Every call rejects with an ApiError, for `toFormErrors`. */

type Values = Record<string, string>;

/** What a passkey is requested for. */
export type PasskeyPath = '/users/passkeys' | '/users/signin' | '/users/me/proof' | '/users/me/passkeys';

/** The options with which the browser is asked for a passkey. */
export const passkeyOptions = async (path: PasskeyPath) =>
  (await request<PasskeyOptionsBody>('POST', `${path}/options`)).data;

export const signInByPasskey = (credential: object) =>
  request<UserBody>('POST', '/users/passkeys/signin', { credential });
/** Takes the second step of signing in, with a code or a passkey. */
export const takeStep = (step: { code: string } | { credential: object }) =>
  request<UserBody>('POST', '/users/signin/step', step);

/** Proves that the visitor is who they are. Empty fields are left out. */
export const prove = (values: Values | { credential: object }) =>
  request('POST', '/users/me/proof', Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')));

export const addPasskey = (name: string, credential: object) =>
  request<PasskeyBody>('POST', '/users/me/passkeys', { name, credential });
export const renamePasskey = (id: string, name: string) =>
  request<PasskeyBody>('PUT', `/users/me/passkeys/${id}`, { name });
export const removePasskey = (id: string) => request('DELETE', `/users/me/passkeys/${id}`);

/** Starts setting up an authenticator app. */
export const beginApp = async () => (await request<AppBody>('POST', '/users/me/app')).data;
const codesOf = async (method: 'POST' | 'PUT', path: string, body?: object) =>
  (await request<RecoveryCodesBody>(method, path, body)).data.recoveryCodes;
/** Confirms the app with its first code. Returns the recovery codes, if there are new ones. */
export const confirmApp = (code: string) => codesOf('PUT', '/users/me/app', { code });
export const removeApp = () => request('DELETE', '/users/me/app');
/** Makes passkeys the second step. Returns the recovery codes, if there are new ones. */
export const askForPasskeys = () => codesOf('PUT', '/users/me/factors');
export const switchTwoStepOff = () => request('DELETE', '/users/me/factors');
export const newRecoveryCodes = () => codesOf('POST', '/users/me/recovery-codes');
