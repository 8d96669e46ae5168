import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from './list.mjs';

/**
 * A copy of the working tree to break: all files that git does not ignore, with this clone's packages, and our own ones
 * linked to the copy.
 */
export function copyTree() {
  const copy = fs.mkdtempSync(path.join(os.tmpdir(), 'mutants-'));
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
  for (const file of listed.toString().split('\0').filter(Boolean)) {
    if (!fs.existsSync(path.join(root, file))) continue;
    fs.mkdirSync(path.dirname(path.join(copy, file)), { recursive: true });
    fs.cpSync(path.join(root, file), path.join(copy, file), { verbatimSymlinks: true });
  }
  linkPackages(copy);
  // Servers that were already found or built are reused.
  if (fs.existsSync(path.join(root, '.cache'))) fs.symlinkSync(path.join(root, '.cache'), path.join(copy, '.cache'));
  return { folder: copy, remove: () => fs.rmSync(copy, { recursive: true, force: true }) };
}

function linkPackages(copy) {
  const [from, to] = [root, copy].map((folder) => path.join(folder, 'node_modules'));
  fs.mkdirSync(path.join(to, '@ticketing'), { recursive: true });
  for (const name of fs.readdirSync(from))
    if (name !== '@ticketing' && name !== '.cache') fs.symlinkSync(path.join(from, name), path.join(to, name));
  for (const name of fs.readdirSync(path.join(from, '@ticketing')))
    fs.symlinkSync(fs.readlinkSync(path.join(from, '@ticketing', name)), path.join(to, '@ticketing', name));
}
