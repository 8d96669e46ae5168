import { gzipSync } from 'node:zlib';

/** Maximum size of the list page's scripts, in bytes after gzip. */
export const SCRIPT_BUDGET = 145 * 1024;

/**
 * The total size of a page's scripts after gzip, in bytes: every script in its HTML that a modern browser loads.
 * @param {string} address of the page
 * @returns {Promise<{ total: number; scripts: { path: string; bytes: number }[] }>}
 * @throws Error if the page or a script does not respond with 200
 */
export async function weigh(address) {
  const html = await read(address);
  const tags = html.match(/<script\b[^>]*\bsrc="[^"]*"[^>]*>/g) ?? [];
  const paths = tags.filter((tag) => !/\bnomodule\b/i.test(tag)).map((tag) => /\bsrc="([^"]*)"/.exec(tag)[1]);
  const scripts = await Promise.all(
    [...new Set(paths)].map(async (path) => ({ path, bytes: await sizeOf(path, address) })),
  );
  return { total: scripts.reduce((sum, { bytes }) => sum + bytes, 0), scripts };
}

const sizeOf = async (path, address) => gzipSync(await read(new URL(path, address)), { level: 6 }).length;

async function read(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} responded with ${answer.status}`);
  return answer.text();
}

if (process.argv[1] === import.meta.filename) {
  const { total, scripts } = await weigh(process.argv[2] ?? 'http://localhost:3000/');
  for (const { path, bytes } of scripts.sort((a, b) => b.bytes - a.bytes)) console.log(`${bytes}`.padStart(8), path);
  console.log(`${total}`.padStart(8), `of ${SCRIPT_BUDGET}`);
  if (total > SCRIPT_BUDGET) process.exitCode = 1;
}
