import { admitRequests } from './lib/admission';
import { noticeLeaving } from './lib/api/visit';
import { makeRequestsReadable } from './lib/incoming';

/** Called once by Next.js when its server starts. */
export function register(): void {
  makeRequestsReadable();
  admitRequests();
  noticeLeaving();
}
