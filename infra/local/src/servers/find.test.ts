import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { silentReporter } from '../reporter.cjs';
import { find } from './find.cjs';
import type { Attempt, Server } from './types';

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'find-'))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

const inside = (...names: string[]) => path.join(folder, ...names);

function program(file: string, mode = 0o755): string {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `#!/bin/sh\n# ${randomUUID()}\n`, { mode });
  return file;
}

const failing: Attempt = { title: 'the archive', fetch: () => Promise.reject(new Error('no such host')) };
const fetching: Attempt = {
  title: 'a build',
  fetch: ({ workspace }) => Promise.resolve(program(path.join(workspace, 'built'), 0o644)),
};

function look(attempts: Attempt[], environment: NodeJS.ProcessEnv = {}, version?: Server['version']): Promise<string> {
  const server: Server = {
    version,
    title: 'Dæmon',
    variable: 'DAEMON',
    programs: ['daemon', 'daemond'],
    cachedAs: 'daemon-1',
    attempts,
  };
  return find(
    server,
    { environment: { PATH: `${inside('a')}:${inside('b')}`, ...environment }, cache: inside('cache') },
    silentReporter,
  );
}

test('looks in its variable, then PATH, then the cache, then fetches', async () => {
  const fetched = await look([failing, fetching]);
  expect(fetched).toBe(inside('cache/daemon-1/daemon'));
  expect(fs.statSync(fetched).mode & 0o111).not.toBe(0);
  expect(await look([])).toBe(fetched);
  const onPath = program(inside('b/daemond'));
  program(inside('a/daemon'), 0o644);
  fs.mkdirSync(inside('a/daemond'));
  expect(await look([])).toBe(onPath);
  const own = program(inside('own'));
  expect(await look([], { DAEMON: own })).toBe(own);
  expect(fs.readdirSync(inside('cache'))).toEqual(['daemon-1']);
});

test('a variable that names no program is an error, not a reason to look elsewhere', async () => {
  program(inside('a/daemon'));
  await expect(look([fetching], { DAEMON: inside('nothing') })).rejects.toThrow(/DAEMON is set to .*nothing/);
});

test('a program that depends on its name is run under the one it was found by', async () => {
  const many = program(inside('usr/daemon-check'));
  fs.writeFileSync(many, '#!/bin/sh\ncase "$0" in *daemon-check*) exit 1;; esac\n');
  fs.symlinkSync('daemon-check', inside('usr/daemon'));
  const found = { title: 'a package', fetch: () => Promise.resolve(inside('usr/daemon')) };
  for (const attempts of [[found], []]) execFileSync(await look(attempts));
  expect(fs.existsSync(many)).toBe(true);
});

test('skips what is too old, or something else of that name; if the variable names it, that is an error', async () => {
  const version = { says: /^daemon v=(\d+)/, oldest: 6 };
  const saying = (file: string, words: string) => {
    fs.writeFileSync(program(file), `#!/bin/sh\necho "${words}"\n`);
    return file;
  };
  const old = saying(inside('a/daemon'), 'daemon v=5.0.14 bits=64');
  const other = saying(inside('other'), 'rdb checker');
  const made: Attempt = {
    title: 'a build',
    fetch: ({ workspace }) => Promise.resolve(saying(path.join(workspace, 'built'), 'daemon v=7.2.15 bits=64')),
  };
  const as = (DAEMON: string) => look([], { DAEMON }, version);
  await expect(as(old)).rejects.toThrow('will not do: it is version 5, and 6 or later is needed');
  await expect(as(other)).rejects.toThrow('will not do: asked for its version, it says "rdb checker"');
  expect(await look([made], {}, version)).toBe(inside('cache/daemon-1/daemon'));
  saying(old, 'daemon v=10.1');
  expect(await look([], {}, version)).toBe(old);
});

test('a fetched program that does not run never counts', async () => {
  const broken: Attempt = {
    title: 'a wheel',
    fetch({ workspace }) {
      fs.writeFileSync(path.join(workspace, 'built'), '#!/bin/sh\necho missing library; exit 127\n');
      return Promise.resolve(path.join(workspace, 'built'));
    },
  };
  await expect(look([broken])).rejects.toThrow(/a wheel: .*exited with code 127\n\s+missing library/);
  expect(fs.readdirSync(inside('cache'))).toEqual([]);
});

test('names a server that cannot be found, everything that was tried, and what to do', async () => {
  const error = await look([failing, { ...failing, title: 'apt' }]).catch((failure: Error) => failure.message);
  expect(error).toBe(
    [
      'Dæmon is not on this machine and could not be fetched. Tried:',
      '  - the environment variable DAEMON: not set',
      '  - PATH: no daemon, daemond',
      `  - the cache: no ${inside('cache/daemon-1/daemon')}`,
      '  - the archive: no such host',
      '  - apt: no such host',
      'Install it so that it is on PATH, or set DAEMON to the path of the program.',
    ].join('\n'),
  );
});

test('of many concurrent searches, one fetches and all find the same', async () => {
  let fetches = 0;
  const counting: Attempt = { ...fetching, fetch: (context) => (fetches++, fetching.fetch(context)) };
  const found = await Promise.all([look([counting]), look([counting]), look([counting])]);
  expect(new Set(found)).toEqual(new Set([inside('cache/daemon-1/daemon')]));
  expect(fetches).toBe(1);
});
