/** When someone last signed out in this browser. */
const KEY = 'signed-out-at';

/** Notes a sign-out, for tabs that are still loading. */
export function noteSignOut(): void {
  try {
    localStorage.setItem(KEY, `${Date.now()}`);
  } catch {
    // Storage may be blocked: then only open tabs follow.
  }
}

/**
 * Whether someone has signed out since this page began to load: it may show a session that has ended. A time in the
 * future is ignored (the clock was set back): it would apply to every page.
 */
export function isOutdated(): boolean {
  const now = Date.now();
  try {
    const at = Number(localStorage.getItem(KEY));
    return at > now - performance.now() && at <= now;
  } catch {
    return false;
  }
}
