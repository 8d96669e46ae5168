import { forgetHold } from '@/lib/buy/open-hold';

/**
 * Removes what the browser stored of a visitor: drafts and whatever else this tab knows, and the hold that all tabs
 * show. It needs no answer of the API: who leaves while the network is away leaves nothing behind.
 */
export function forgetVisitor(): void {
  forgetHold();
  try {
    sessionStorage.clear();
  } catch {
    // Storage may be blocked: then nothing was stored.
  }
}
