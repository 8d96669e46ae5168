/** What Next.js calls once, as its server starts. */
export { makeRequestsReadable as register } from './lib/incoming';
