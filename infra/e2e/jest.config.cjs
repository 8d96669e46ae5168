module.exports = { ...require('../../jest.base.cjs'), displayName: 'e2e' };
