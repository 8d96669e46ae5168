import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { silentReporter } from '../reporter.cjs';
import { find } from './find.cjs';
import { goProgram } from './go.cjs';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'go-'));
const platform = `${process.platform}-${process.arch.replace('x64', 'amd64')}`;
let archive: Buffer;
let address: string;

const server = http.createServer((request, response) =>
  response.end(request.url === `/${platform}` ? archive : 'no archive'),
);

beforeAll(async () => {
  fs.mkdirSync(path.join(folder, platform));
  fs.writeFileSync(path.join(folder, platform, 'gopher'), '#!/bin/sh\n[ "$1" = version ]\n');
  archive = execFileSync('tar', ['-czf', '-', '-C', folder, platform]);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
  fs.rmSync(folder, { recursive: true });
});

/** Looks for a program that is not on PATH, without a Go to build it. */
function look(sha256: Partial<Record<string, string>>): Promise<string> {
  const program = goProgram({
    name: 'gopher',
    title: 'Gopher',
    variable: 'GOPHER',
    version: 'v1.0.0',
    versionArgs: ['version'],
    package: 'example.invalid/gopher',
    archive: (on) => `${address}/${on}`,
    inArchive: (on) => `${on}/gopher`,
    sha256,
  });
  const attempts = program.attempts.filter(({ title }) => title !== 'go install');
  return find({ ...program, attempts }, { environment: {}, cache: path.join(folder, 'cache') }, silentReporter);
}

const checksum = () => createHash('sha256').update(archive).digest('hex');

test('takes an archive only for a platform with a checksum, and only if it matches', async () => {
  await expect(look({})).rejects.toThrow(`its release archive: no checksum is pinned for ${platform}`);
  await expect(look({ [platform]: '0'.repeat(64) })).rejects.toThrow('the checksum of what arrived is');
  const found = await look({ [platform]: checksum() });
  expect(found).toBe(path.join(folder, 'cache/gopher-v1.0.0/gopher'));
  expect(fs.statSync(found).mode & 0o111).not.toBe(0);
});
