import { together } from './together';

// The market is empty for the first of them, and stopped and killed by the last.
together({ windowSeconds: 40, env: { REVIEW_CONTACTS: 'true' } }, [
  './browser.alone.test',
  './purchase.test',
  './fuzz.test',
  './browser.support.test',
  // It uses up what one network may ask for.
  './access.test',
  './browser.broken.test',
]);
