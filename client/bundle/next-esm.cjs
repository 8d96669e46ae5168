const fs = require('node:fs');

/** What pages of this site never ask of Next.js in the browser, by path in `next/dist`, and what stands in its place. */
const unused = {
  // Every browser of package.json's browserslist has these by itself.
  'build/polyfills/polyfill-module.js': '',
  'build/polyfills/process.js': 'module.exports = { env: {} };',
  // Links fetch nothing ahead (components/link.tsx).
  'client/components/segment-cache/scheduler.js': `
    const nothing = () => null;
    export {
      nothing as schedulePrefetchTask, nothing as cancelPrefetchTask, nothing as reschedulePrefetchTask,
      nothing as isPrefetchTaskDirty, nothing as pingPrefetchTask, nothing as pingPrefetchScheduler,
      nothing as startRevalidationCooldown, nothing as needsSpeculativePrefetch,
    };`,
  'client/components/router-reducer/reducers/server-action-reducer.js': `
    export function serverActionReducer() {
      throw new Error('Server actions are left out of the bundle: take them off the list in bundle/next-esm.cjs');
    }`,
};

/**
 * Loader: gives the browser Next.js's own ES modules in place of the CommonJS that it is built from by default, since
 * only of ES modules the bundler leaves out what nobody imports; and leaves out what is unused.
 */
module.exports = function nextEsm() {
  const [modules, file] = this.resourcePath.split('/next/dist/');
  return unused[file] ?? fs.readFileSync(`${modules}/next/dist/esm/${file}`, 'utf8');
};
module.exports.unused = unused;
