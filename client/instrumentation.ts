/** What Next.js calls once, as its server starts. */
export { ignoreBrokenRouterStates as register } from './lib/router-state';
