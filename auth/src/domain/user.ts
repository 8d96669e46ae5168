import { Refusal } from '@ticketing/common';

/** An account. E-mail addresses are kept in lower case: they are one address whatever their case. */
export interface User {
  email: string;
  /** argon2id with its parameters and salt, in PHC string format. */
  passwordHash: string;
}

export const normalEmail = (email: string): string => email.trim().toLowerCase();

/** The same words for an unknown address and a wrong password: neither tells who has an account. */
export const invalidCredentials = () => new Refusal('Invalid credentials');

export const emailInUse = () => new Refusal('Email in use', 400, 'email');

export const wrongPassword = () => new Refusal('Current password is wrong', 400, 'currentPassword');

export const tooManyFailures = (seconds: number) =>
  new Refusal(`Too many failed sign-ins: try again in ${Math.ceil(seconds / 60)} minutes`, 429, undefined, seconds);
