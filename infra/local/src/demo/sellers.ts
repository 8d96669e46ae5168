import { inEurope } from './inEurope';
import type { Listing } from './listing';
import { overseas } from './overseas';

/** The demo's sellers by their address, and what they sell. */
export const sellers: Record<string, Listing[]> = { ...inEurope, ...overseas };
