const path = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

const longest = [
  'browser.pages.test',
  'sales.group',
  'faults.group',
  'market.group',
  'browser.checkout.test',
  'replicas.group',
  'browser.seller.test',
  'browser.selling.test',
  'browser.details.test',
];

/**
 * The longest files come first, even on a machine that has never run any: started last, one would run alone, with a core
 * idle.
 */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const named = (name) => tests.filter((test) => path.basename(test.path) === `${name}.ts`);
    return [...new Set([...longest.flatMap(named), ...tests])];
  }
};
