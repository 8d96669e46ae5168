/** The loader, which knows its module by `this`; the stand-ins for unused modules by their path in `next/dist`. */
declare const nextEsm: { (this: { resourcePath: string }): string; unused: Record<string, string> };
export = nextEsm;
