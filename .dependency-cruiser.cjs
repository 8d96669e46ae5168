const path = require('node:path');

/** Which folder may import from which, and that nothing imports in a circle. Packages are oxlint's business. */
const features = ['browse', 'buy', 'sell', 'account', 'developers', 'support'];

const oneWay = (name, from, to, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: `^client/(${from})/` },
  to: { path: `^client/(${to})/` },
});

module.exports = {
  forbidden: [
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    oneWay('client-lib', 'lib', 'app|components', 'lib holds rules and the API'),
    oneWay('client-texts', 'texts', 'app|components', 'texts do not know where they stand'),
    oneWay('client-components', 'components', 'app', 'pages are made of components'),
    ...features.map((feature) => ({
      name: `client-${feature}`,
      comment: `only pages put components of ${feature} beside others`,
      severity: 'error',
      from: { path: '^client/components/', pathNot: `^client/components/${feature}/` },
      to: { path: `^client/components/${feature}/` },
    })),
  ],
  options: {
    // Types count: two files that describe themselves by each other cannot be read one after the other.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: path.join(__dirname, 'client/tsconfig.json') },
    doNotFollow: { path: 'node_modules|/dist/' },
    exclude: { path: '\\.scss$' },
  },
};
