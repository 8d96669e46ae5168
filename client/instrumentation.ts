/** Called once by Next.js at server startup. */
export { ignoreBrokenRouterStates as register } from './lib/router-state';
