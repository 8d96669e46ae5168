/** How hard a password seems to guess. */
export type Strength = 'weak' | 'fair' | 'strong';

/** A hint, by length and variety; only the API refuses. */
export function strengthOf(password: string): Strength {
  const text = password.normalize('NFC');
  const variety = new Set(text.toLowerCase()).size;
  if (text.length < 8 || variety < 5) return 'weak';
  return text.length >= 14 && variety >= 8 ? 'strong' : 'fair';
}
