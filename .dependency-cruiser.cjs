const fs = require('node:fs');
const path = require('node:path');
const { names } = require('./infra/local/src/services.cjs');

/** Which folder may import from which, and no import cycles. oxlint checks packages. */
const services = `^(${names.join('|')})/`;
/** Folders of components that every feature may use; each of the others is a feature. */
const common = ['form', 'frame', 'ticket'];
const features = fs
  .readdirSync(path.join(__dirname, 'client/components'), { withFileTypes: true })
  .flatMap((entry) => (entry.isDirectory() && !common.includes(entry.name) ? [entry.name] : []));

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
    {
      name: 'services-apart',
      comment: 'services share events, not code',
      severity: 'error',
      from: { path: services },
      to: { path: services, pathNot: '^$1/' },
    },
    {
      name: 'contract-alone',
      comment: 'the contract runs in browsers',
      severity: 'error',
      from: { path: '^common/src/contract/', pathNot: '\\.test\\.ts$' },
      to: { path: '^[^/]+/src/', pathNot: '^common/src/contract/' },
    },
    {
      name: 'client-contract',
      comment: 'the site may import only the contract',
      severity: 'error',
      from: { path: '^client/(app|components|lib|texts)/', pathNot: '\\.test\\.tsx?$' },
      to: { path: `${services}|^infra/|^common/src/`, pathNot: '^common/src/contract/' },
    },
    oneWay('client-lib', 'lib', 'app|components', 'lib has no components: only rules and the API'),
    oneWay('client-texts', 'texts', 'app|components', 'texts do not know where they are shown'),
    oneWay('client-components', 'components', 'app', 'pages are made of components'),
    ...features.map((feature) => ({
      name: `client-${feature}`,
      comment: `only pages combine components of ${feature} with those of other features`,
      severity: 'error',
      from: { path: '^client/components/', pathNot: `^client/components/${feature}/` },
      to: { path: `^client/components/${feature}/` },
    })),
  ],
  options: {
    // Type imports count too: two files defined in terms of each other cannot be read in order.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: path.join(__dirname, 'client/tsconfig.json') },
    doNotFollow: { path: 'node_modules|/dist/' },
    exclude: { path: '\\.scss$' },
  },
};
