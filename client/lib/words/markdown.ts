import MarkdownIt from 'markdown-it';

/** What a page says of the system, by the name of its placeholder; null if it does not apply here. */
export type Facts = Record<string, string | null>;

/** A page of words. */
export interface Words {
  /** In plain text. */
  title: string;
  html: string;
}

// HTML in the text is shown, not trusted.
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });

const PLACEHOLDER = /\{(\w+)\}/g;

/** A text that means itself in Markdown (CommonMark: any punctuation may be escaped). */
const literally = (text: string) => text.replace(/[!-/:-@[-`{-~]/g, '\\$&');

/**
 * Fills facts into a text. A line that names a fact which does not apply is left out.
 * @throws Error for a placeholder that is no fact
 */
export function fillIn(text: string, facts: Facts): string {
  const fact = (name: string) => {
    const value = facts[name];
    if (value === undefined) throw new Error(`There is no fact named {${name}}`);
    return value;
  };
  return text
    .split('\n')
    .filter((line) => [...line.matchAll(PLACEHOLDER)].every(([, name = '']) => fact(name) !== null))
    .map((line) => line.replace(PLACEHOLDER, (_place, name: string) => literally(fact(name) ?? '')))
    .join('\n');
}

/** A text as a page: its first heading is the title. */
export function render(text: string, facts: Facts): Words {
  const tokens = markdown.parse(fillIn(text, facts), {});
  const at = tokens.findIndex(({ type, tag }) => type === 'heading_open' && tag === 'h1');
  const title = (tokens[at + 1]?.children ?? []).map(({ content }) => content).join('');
  if (!title) throw new Error('A page of words begins with a heading of the first level');
  return { title, html: markdown.renderer.render(tokens, markdown.options, {}) };
}
