import type { en } from './en';

/** All that the site says, in one language. The English texts are the pattern: what another language lacks does not compile. */
export type Texts = typeof en;

/** A part of the texts, as the pages and components that belong together read it. */
export type Section = keyof Texts;
