module.exports = {
  ...require('../../jest.base.cjs'),
  ...require('../local/groups.cjs').grouped(__dirname),
  displayName: 'cluster',
};
