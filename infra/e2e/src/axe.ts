import fs from 'node:fs';
import type { Page } from 'playwright-core';
import { eventually } from './eventually';

/** axe's report of a violated rule, as far as used here. */
interface Violation {
  id: string;
  help: string;
  nodes: { target: unknown[]; failureSummary?: string }[];
}

const source = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const tags = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
/** The title is waited for instead: while a page is updated, it may be away for a moment. */
const options = { runOnly: tags, rules: { 'document-title': { enabled: false } }, resultTypes: ['violations'] };

/**
 * The accessibility rules (WCAG 2.2 A and AA, and axe's best practices) that a page currently violates, one line per
 * place. Evaluated by the debugger, so the page's Content-Security-Policy stays in force.
 * @param within the usable part, if something covers the rest
 */
export async function violationsIn(page: Page, within = 'html'): Promise<string[]> {
  await eventually(async () => expect(await page.title()).not.toBe(''));
  await page.evaluate(source);
  const found = await page.evaluate<Violation[]>(
    `axe.run(${JSON.stringify(within)}, ${JSON.stringify(options)}).then(({ violations }) => violations)`,
  );
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ target, failureSummary = '' }) =>
        `${id}: ${help}: ${JSON.stringify(target)} ${failureSummary.split('\n')[1] ?? ''}`,
    ),
  );
}
