import 'server-only';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { OBJECT_ID } from '@ticketing/common/contract';
import { preferences } from '@/lib/visitor';
import { getTexts } from '@/texts';
import { marketSettings, operator, wordsFolders } from './config';
import { factsOf } from './facts';
import { render, type Words } from './markdown';

/** The text pages, in the order of the footer. */
export const wordPages = [
  'how-it-works',
  'fees',
  'guarantee',
  'help',
  'contact',
  'terms',
  'privacy',
  'cookies',
  'imprint',
] as const;
export type WordPage = (typeof wordPages)[number];

export const asWordPage = (text: string): WordPage | undefined => wordPages.find((page) => page === text);

/** A page's text in a language: from the first folder that has it. */
export async function readText(page: WordPage, language: string, folders: string[]): Promise<string> {
  for (const folder of folders) {
    const text = await readFile(path.join(folder, `${page}.${language}.md`), 'utf8').catch(ifNoFile);
    if (text !== undefined) return text;
  }
  throw new Error(`There is no ${page}.${language}.md in ${folders.join(' or ')}`);
}

function ifNoFile(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

/** A page in the visitor's language, with its facts filled in. */
export async function wordsOf(page: WordPage, order?: string): Promise<Words> {
  const [{ language, locale }, { words: texts }] = await Promise.all([preferences(), getTexts()]);
  const facts = factsOf({
    ...{ market: marketSettings(), operator: operator(), locale, texts },
    ...(order && OBJECT_ID.test(order) && { order }),
  });
  return render(await readText(page, language, wordsFolders()), facts);
}
