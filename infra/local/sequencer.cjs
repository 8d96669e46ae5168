const { default: Sequencer } = require('@jest/test-sequencer');
const { membersOf } = require('./groups.cjs');

/** Groups run first, the largest at the front: started last, it would run alone, with a core idle. */
module.exports = class GroupsFirst extends Sequencer {
  sort(tests) {
    const size = ({ path }) => (path.endsWith('.group.ts') ? membersOf(path).length : 0);
    return [...super.sort(tests)].sort((one, other) => size(other) - size(one));
  }
};
