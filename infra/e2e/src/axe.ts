import fs from 'node:fs';
import type { Page } from 'playwright-core';

/** What axe says of a rule that a page breaks, as far as it is read here. */
interface Violation {
  id: string;
  help: string;
  nodes: { target: unknown[]; failureSummary?: string }[];
}

const source = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * The accessibility rules (WCAG 2.2 A and AA, and axe's best practices) that a page breaks as it is now, a line for
 * each place. It is evaluated by the debugger, so the page's Content-Security-Policy stays in force.
 * @param within what can be used now, where something lies over the rest
 */
export async function violationsIn(page: Page, within = 'html'): Promise<string[]> {
  await page.evaluate(source);
  const found = await page.evaluate<Violation[]>(
    `axe.run(${JSON.stringify(within)}, { runOnly: ${JSON.stringify(rules)}, resultTypes: ['violations'] }).then(({ violations }) => violations)`,
  );
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ target, failureSummary = '' }) =>
        `${id}: ${help}: ${JSON.stringify(target)} ${failureSummary.split('\n')[1] ?? ''}`,
    ),
  );
}
