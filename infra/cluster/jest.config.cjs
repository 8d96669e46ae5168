module.exports = { ...require('../../jest.base.cjs'), displayName: 'cluster' };
