const path = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

const longest = [
  'faults.sales',
  'faults',
  'browser.checkout',
  'browser.pages',
  'browser.seller',
  'browser',
  'fuzz',
  'browser.details',
];

/**
 * The files that take longest come first, also where none has ever run: one that began last would run alone, with a core
 * idle.
 */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const named = (name) => tests.filter((test) => path.basename(test.path) === `${name}.test.ts`);
    return [...new Set([...longest.flatMap(named), ...tests])];
  }
};
