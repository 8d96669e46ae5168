import escape from 'escape-html';
import type { ParsedMail } from 'mailparser';
import { recipientsOf, type Entry, type Letters } from './letters';

interface Answer {
  status: number;
  type: string;
  body: string | Buffer;
}

const page = (body: string): Answer => ({ status: 200, type: 'text/html; charset=utf-8', body });
const json = (value: unknown): Answer => ({ status: 200, type: 'application/json', body: JSON.stringify(value) });
const nothing: Answer = { status: 404, type: 'text/plain', body: 'There is no such letter' };

/**
 * The mailbox's pages: `/` the list, `/N` a letter, `/N/html` and `/N/text` its content, `/N/source` its source. For tests,
 * `/letters` and `/letters/N` are JSON.
 */
export async function answer(letters: Letters, path: string): Promise<Answer> {
  if (path === '/') return page(listPage(await letters.list()));
  if (path === '/letters') return json(await letters.list());
  const [, isJson, number, part] = /^\/(letters\/)?(\d+)(?:\/(html|text|source))?$/.exec(path) ?? [];
  const mail = number ? await letters.read(Number(number)) : undefined;
  if (!mail) return nothing;
  if (isJson) return json(toBody(mail));
  if (part === 'html') return page(mail.html || '');
  if (part === 'text') return { status: 200, type: 'text/plain; charset=utf-8', body: mail.text ?? '' };
  if (part === 'source') return { ...nothing, status: 200, body: letters.raw(Number(number)) ?? '' };
  return page(letterPage(Number(number), mail));
}

const toBody = ({ subject, text, html, headers, attachments, messageId }: ParsedMail) => ({
  ...{ subject, text, html, messageId },
  headers: Object.fromEntries([...headers].map(([name, value]) => [name, typeof value === 'string' ? value : null])),
  attachments: attachments.map(({ filename, contentType, size }) => ({ filename, contentType, size })),
});

const frame = (title: string, body: string) => `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>${escape(title)}</title>
<style>
  body { margin: 0 auto; max-width: 60em; padding: 1.5rem; font: 16px/1.5 system-ui, sans-serif }
  table { border-collapse: collapse; width: 100% } td, th { padding: .5rem; text-align: start; vertical-align: top }
  tr + tr { border-top: 1px solid #8884 } iframe { width: 100%; height: 60vh; border: 1px solid #8888 }
</style>
<body>${body}`;

const listPage = (entries: Entry[]) =>
  frame(
    'Mailbox',
    `<h1>Mailbox</h1><p>All mail of this stack ends here. Reload to see what is new.</p>` +
      (entries.length === 0
        ? '<p>Nothing has come yet.</p>'
        : `<table><tr><th>To<th>Subject<th>When</tr>${entries.map(row).join('')}</table>`),
  );

const row = ({ id, to, subject, date }: Entry) =>
  `<tr><td>${escape(to)}<td><a href="/${id}">${escape(subject)}</a><td>${escape(date.replace('T', ' ').slice(0, 19))}</tr>`;

const letterPage = (id: number, { subject = '', to }: ParsedMail) =>
  frame(
    subject,
    `<p><a href="/">Mailbox</a></p><h1 dir="auto">${escape(subject)}</h1>
<p>To ${escape(recipientsOf({ to }))}</p>
<iframe src="/${id}/html" title="The letter"></iframe>
<p><a href="/${id}/text">Plain text</a> · <a href="/${id}/source">Source</a></p>`,
  );
