import type { en } from './en';

/** All texts of the site in one language. English sets the shape: a text missing in another language does not compile. */
export type Texts = typeof en;

/** One section of the texts, shared by related pages and components. */
export type Section = keyof Texts;
