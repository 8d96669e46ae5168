import { together } from './together';

// The mailbox and auth are killed by the last.
together({ windowSeconds: 600, env: { CONFIRM_BEFORE_SELLING: 'true' } }, [
  './browser.confirming.test',
  './messages.faults.test',
]);
