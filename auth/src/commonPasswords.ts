import { dictionary } from '@zxcvbn-ts/language-common';
import { passwordLimits } from '@ticketing/common';

/** The 10,000 most common passwords of at least the minimum length, in lower case. */
export const commonPasswords: ReadonlySet<string> = new Set(
  dictionary['passwords-common'].filter(({ length }) => length >= passwordLimits.min).slice(0, 10_000),
);
