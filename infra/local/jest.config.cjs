module.exports = {
  ...require('../../jest.base.cjs'),
  ...require('./groups.cjs').grouped(__dirname),
  displayName: 'local',
};
