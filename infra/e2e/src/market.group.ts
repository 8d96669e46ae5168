import { together } from './together';

// The market is empty for the first of them, and stopped and killed by the last.
together({ windowSeconds: 40, env: { REVIEW_CONTACTS: 'true' } }, [
  './browser.alone.test',
  './purchase.test',
  './access.test',
  './fuzz.test',
  './browser.support.test',
  './browser.broken.test',
]);
