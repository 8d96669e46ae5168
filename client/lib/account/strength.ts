/** How hard a password seems to be to guess. */
export type Strength = 'weak' | 'fair' | 'strong';

/** Only a hint, from length and variety; the API decides. */
export function strengthOf(password: string): Strength {
  const text = password.normalize('NFC');
  const variety = new Set(text.toLowerCase()).size;
  if (text.length < 8 || variety < 5) return 'weak';
  return text.length >= 14 && variety >= 8 ? 'strong' : 'fair';
}
