import { Refusal } from '@ticketing/common/contract';

/** An account. E-mail addresses are kept in lower case: they are one address whatever their case. */
export interface User {
  email: string;
  /** argon2id with its parameters and salt, in PHC string format. */
  passwordHash: string;
}

export const normalEmail = (email: string): string => email.trim().toLowerCase();

/** The same words for an unknown address and a wrong password: neither tells who has an account. */
export const invalidCredentials = () => new Refusal('invalid-credentials');

export const emailInUse = () => new Refusal('email-in-use', { field: 'email' });

export const wrongPassword = () => new Refusal('current-password-wrong', { field: 'currentPassword' });

export const tooManyFailures = (seconds: number) =>
  new Refusal('too-many-failed-sign-ins', { params: { minutes: Math.ceil(seconds / 60) }, retryAfter: seconds });
