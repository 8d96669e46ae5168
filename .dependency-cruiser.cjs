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
    {
      name: 'no-cycle',
      comment: 'Files that import each other cannot be read in order: move what both need to a third file.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'services-apart',
      comment: 'Services share events, not code: keep a copy of what you need, from its events (common/src/copy.ts).',
      severity: 'error',
      from: { path: services },
      to: { path: services, pathNot: '^$1/' },
    },
    {
      name: 'contract-alone',
      comment: 'The contract runs in browsers: it imports only zod and itself. Server code belongs beside contract/.',
      severity: 'error',
      from: { path: '^common/src/contract/', pathNot: '\\.test\\.ts$' },
      to: { path: '^[^/]+/src/', pathNot: '^common/src/contract/' },
    },
    {
      name: 'client-contract',
      comment: 'The site imports only the contract: call the API for everything else (client/lib/api).',
      severity: 'error',
      from: { path: '^client/(app|components|lib|texts)/', pathNot: '\\.test\\.tsx?$' },
      to: { path: `${services}|^infra/|^common/src/`, pathNot: '^common/src/contract/' },
    },
    oneWay(
      'client-lib',
      'lib',
      'app|components',
      'lib has rules and API calls, no components: move what both need to lib.',
    ),
    oneWay(
      'client-texts',
      'texts',
      'app|components',
      'Texts do not know where they are shown: pass what they need as {params}.',
    ),
    oneWay(
      'client-components',
      'components',
      'app',
      'Pages are made of components, not the reverse: move what both need to components or lib.',
    ),
    ...features.map((feature) => ({
      name: `client-${feature}`,
      comment: `Only pages combine components of ${feature} with others'. What both need belongs in ${common.join(', ')}.`,
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
