import MarkdownIt from 'markdown-it';

/** The facts in a page, by placeholder name; null if it does not apply here. */
export type Facts = Record<string, string | null>;

/** A text page. */
export interface Words {
  /** In plain text. */
  title: string;
  html: string;
}

// HTML in the text is shown, not trusted.
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });

const PLACEHOLDER = /\{(\w+)\}/g;

/** Escapes a text for Markdown (CommonMark: any punctuation may be escaped). */
const literally = (text: string) => text.replace(/[!-/:-@[-`{-~]/g, '\\$&');

/**
 * Fills facts into a text. A line with a fact that does not apply is left out.
 * @throws Error for an unknown placeholder
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

/** Renders a text as a page: its first heading is the title. */
export function render(text: string, facts: Facts): Words {
  const tokens = markdown.parse(fillIn(text, facts), {});
  const at = tokens.findIndex(({ type, tag }) => type === 'heading_open' && tag === 'h1');
  const title = (tokens[at + 1]?.children ?? []).map(({ content }) => content).join('');
  if (!title) throw new Error('A text page begins with a first-level heading');
  return { title, html: markdown.renderer.render(tokens, markdown.options, {}) };
}
