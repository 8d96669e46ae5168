import type { ChangedUserBody, ProfileBody, UserBody } from '@ticketing/common/contract';
import { request } from './request';

/** The visitor's account, for the browser. Every call rejects with an ApiError, for `toFormErrors`. */

type Values = Record<string, string>;

export const signUp = (values: Values) => request<UserBody>('POST', '/users/signup', values);
export const signIn = (values: Values) => request<UserBody>('POST', '/users/signin', values);

/** Empty fields stay unchanged. */
export const updateAccount = (values: Values) => {
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
  return request<ChangedUserBody>('PUT', '/users/me', given);
};

/** Follows a link sent by mail, by its secret; returns its account's address afterwards. */
export const followLink = async (kind: 'confirm' | 'undo', token: string) =>
  (await request<UserBody>('POST', `/users/${kind}`, { token })).data.email;
/** Sends a link that sets a new password, if the address has an account. */
export const forgotPassword = (values: Values) => request<object>('POST', '/users/forgot', values);
export const resetPassword = (token: string, { password }: Values) =>
  request<UserBody>('POST', '/users/reset', { token, password });
/** Keeps the visitor's current address. */
export const forgetPendingEmail = () => request('DELETE', '/users/me/pendingEmail');
/** Resends the link that confirms the visitor's address, or the one they asked for. */
export const sendConfirmation = () => request<object>('POST', '/users/me/confirmation', {});

/** Whether the visitor gets optional messages; or, by the link in one, that its reader does not. */
export const subscribe = (isSubscribed: boolean) => request('PUT', '/users/me/subscription', { isSubscribed });
export const unsubscribe = (token: string) =>
  request<object>('POST', `/users/unsubscribe?token=${encodeURIComponent(token)}`, {});

/** Signs the visitor out in one place. */
export const endSession = (id: string) => request('DELETE', `/users/sessions/${id}`);
/** Signs the visitor out everywhere else. */
export const endOtherSessions = () => request('DELETE', '/users/sessions');

/** Without a name, none is shown. */
export const changeName = (name: string) => request<ProfileBody>('PUT', '/users/me/name', { name: name || null });
