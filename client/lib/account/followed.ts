const KEY = 'followed';

/** The result of a link in a message that was followed in this tab. */
export interface Followed {
  /** The account's address since then, if the API returned it. */
  email?: string;
}

/** Records a link's result: when shown again, its page says what was done instead of offering to do it again. */
export function noteFollowed(token: string, done: Followed): void {
  try {
    sessionStorage.setItem(`${KEY} ${token}`, JSON.stringify(done));
  } catch {
    // Storage may be blocked.
  }
}

/** A link's result, if it was followed in this tab. */
export function followed(token: string): Followed | undefined {
  try {
    const noted = JSON.parse(sessionStorage.getItem(`${KEY} ${token}`) ?? 'null') as unknown;
    return typeof noted === 'object' && noted !== null ? noted : undefined;
  } catch {
    return undefined;
  }
}
