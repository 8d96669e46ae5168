import { admitRequests } from './lib/admission';
import { noticeLeaving } from './lib/api/visit';
import { makeRequestsReadable } from './lib/incoming';
import { logRequests } from './lib/request-log';
import { answerUnreadable } from './lib/unreadable';

/** Called once by Next.js when its server starts. */
export function register(): void {
  // First, since the others change what was asked.
  logRequests();
  answerUnreadable();
  makeRequestsReadable();
  admitRequests();
  noticeLeaving();
}
