/** An email address typed on one page of signing in or up: the next page in this tab starts with it. */
const KEY = 'email';

export function noteEmail(email: string): void {
  try {
    sessionStorage.setItem(KEY, email);
  } catch {
    // Storage may be blocked.
  }
}

/** Reads the address, once. */
export function takeEmail(): string | null {
  try {
    const email = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    return email;
  } catch {
    return null;
  }
}
