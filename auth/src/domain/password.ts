import { Refusal } from '@ticketing/common/contract';

/** The site's name, which is not accepted as a password. */
export const SITE = 'ticketing';

/** The form in which passwords are compared with guesses. */
const guessed = (text: string) => text.normalize('NFC').toLowerCase();

/** Digits, punctuation and spaces around a word do not make it harder to guess: `Ticketing2026!` is `ticketing`. */
const wordIn = (text: string) => text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');

/**
 * Refuses a new password that others would guess.
 * @param email of the account
 * @param common the most common passwords, in lower case
 */
export function refuseGuessable(password: string, email: string, common: ReadonlySet<string>, field = 'password') {
  const guess = guessed(password);
  if (common.has(guess)) throw new Refusal('password-common', { field });
  const address = guessed(email);
  const own = [address, address.slice(0, address.lastIndexOf('@'))];
  if (own.includes(guess) || wordIn(guess) === SITE) throw new Refusal('password-guessable', { field });
}
