const path = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

/** The files that take longest, first: otherwise one of them runs alone at the end, and a core is idle. */
const longest = ['faults', 'browser.checkout', 'browser.pages', 'browser.seller', 'browser', 'fuzz', 'browser.details'];

/** Knows the longest files also where none has ever run. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path: file }) =>
      (longest.indexOf(path.basename(file, '.test.ts')) + longest.length + 1) % (longest.length + 1);
    return [...tests].sort((one, other) => rank(one) - rank(other));
  }
};
