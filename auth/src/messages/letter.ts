import escape from 'escape-html';
import { calendarOf, type CalendarEvent } from '@ticketing/common/contract';

/** A label and its value; without a value it is left out. */
export type Fact = [string, string | null];

/** A message's content, before it is formatted as HTML or plain text. */
export interface Letter {
  subject: string;
  /** Paragraphs. */
  words: string[];
  facts?: Fact[];
  /** What to do next. */
  action?: { label: string; url: string };
  /** Paragraphs after that. */
  after?: string[];
  /** An entry for the reader's calendar, attached as a file. */
  calendar?: CalendarEvent | undefined;
}

/** A letter's attachments. */
export const attachmentsOf = ({ calendar }: Letter) =>
  calendar ? [{ filename: 'ticket.ics', contentType: 'text/calendar', content: calendarOf(calendar) }] : [];

const factsOf = ({ facts = [] }: Letter) => facts.filter((fact): fact is [string, string] => Boolean(fact[1]));

/** A letter as plain text. */
export const toText = (letter: Letter, footer: string): string =>
  [
    ...letter.words,
    factsOf(letter)
      .map(([label, value]) => `${label}: ${value}`)
      .join('\n'),
    letter.action && `${letter.action.label}:\n${letter.action.url}`,
    ...(letter.after ?? []),
    `-- \n${footer}`,
  ]
    .filter(Boolean)
    .join('\n\n');

/** Paragraphs after the action may contain URLs, as in plain text. */
const linked = (text: string) =>
  escape(text).replace(/https?:\/\/\S+/g, (url) => `<a href="${url}" style="color:inherit">${url}</a>`);

// Mail programs ignore style sheets: each element has its own style. Text without colors adapts to dark mode.
const paragraph = (html: string) => `<p style="margin:0 0 16px">${html}</p>`;
const row = ([label, value]: [string, string]) =>
  `<tr><td style="padding:4px 16px 4px 0;opacity:.7;vertical-align:top">${escape(label)}</td>` +
  `<td dir="auto" style="padding:4px 0">${escape(value)}</td></tr>`;
const button = ({ label, url }: { label: string; url: string }) =>
  `<p style="margin:24px 0"><a href="${escape(url)}" style="display:inline-block;padding:12px 24px;border-radius:6px;` +
  `background:#1a56db;color:#ffffff;text-decoration:none;font-weight:600">${escape(label)}</a></p>`;

/** A letter as HTML: no images, nothing external. */
export function toHtml(letter: Letter, footer: string, language: string): string {
  const facts = factsOf(letter);
  const parts = [
    ...letter.words.map((text) => paragraph(escape(text))),
    facts.length > 0 && `<table role="presentation" style="margin:0 0 16px">${facts.map(row).join('')}</table>`,
    letter.action && button(letter.action),
    ...(letter.after ?? []).map((text) => paragraph(linked(text))),
    `<p style="margin:32px 0 0;font-size:13px;opacity:.7">${escape(footer)}</p>`,
  ];
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">',
    `<title>${escape(letter.subject)}</title></head>`,
    '<body style="margin:0;padding:24px;font:16px/1.5 system-ui,sans-serif"><div style="max-width:36em;margin:auto;overflow-wrap:anywhere">',
    ...parts.filter(Boolean),
    '</div></body></html>',
  ].join('\n');
}
