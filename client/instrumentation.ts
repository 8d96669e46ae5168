import { admitRequests } from './lib/admission';
import { makeRequestsReadable } from './lib/incoming';

/** What Next.js calls once, as its server starts. */
export function register(): void {
  makeRequestsReadable();
  admitRequests();
}
