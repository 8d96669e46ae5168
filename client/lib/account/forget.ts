import { forgetHold } from '@/lib/buy/open-hold';

/**
 * Removes what the browser stored about a visitor: drafts and whatever else this tab has, and the hold that all tabs
 * show. It does not need the API: nothing is left behind even if the network is down.
 */
export function forgetVisitor(): void {
  forgetHold();
  try {
    sessionStorage.clear();
  } catch {
    // Storage may be blocked: then nothing was stored.
  }
}
