import fs from 'node:fs';
import path from 'node:path';
import { hasGap } from './desk';

/** The words for a gap, as the site has them: a name and the text, in one line. */
function wordsIn(file: string, names: string) {
  const text = fs.readFileSync(path.resolve('../../client/texts/en/support', file), 'utf8');
  return [...text.matchAll(new RegExp(`^ +(?:${names}): ['"](.+)['"],$`, 'gm'))].map(([, words = '']) => words);
}

test('a page without one of its parts has a gap; one that only has the words for it has none', () => {
  const [parts, missing] = [wordsIn('desk.ts', 'unavailable|incomplete'), wordsIn('story.ts', 'missing')];
  expect([parts.length, missing.length]).toEqual([2, 1]);
  const said = ['Accounts', 'Listings', 'Orders', 'Payments'].flatMap((service) =>
    parts.map((words) => words.replace('{service}', service)),
  );
  for (const words of [...said, ...missing])
    for (const html of [words, words.replaceAll("'", '&#x27;')]) expect(hasGap(`<p>${html}</p>`)).toBe(true);
  expect(hasGap(`<script>${JSON.stringify([parts, missing])}</script>`)).toBe(false);
});
