/** An address that was typed on the sign-up page and is known: the sign-in page, in this tab, begins with it. */
const KEY = 'email';

export function noteEmail(email: string): void {
  try {
    sessionStorage.setItem(KEY, email);
  } catch {
    // Storage may be forbidden.
  }
}

/** The address, once. */
export function takeEmail(): string | null {
  try {
    const email = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    return email;
  } catch {
    return null;
  }
}
