import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { runToEnd } from '../command';
import type { Server } from './server';
import { tool } from './tools';

const VERSION = 'v0.25.6';
const WITHIN_MS = 300_000;

// As the makers' own Docker images pin them; other platforms build the program with Go.
const SHA256: Partial<Record<string, string>> = {
  'linux-amd64': '10f25b100a5b9a7389882883259790d599b557a16ddde1accdfcf9361e19b2f9',
  'linux-arm64': 'caf2839d14c610d9d62afeb9022ee36aa4ff5adc86d0402bb7e1a5d7f5e7d26f',
};

/** NATS Streaming's last release. */
export const nats: Server = {
  title: 'NATS Streaming (nats-streaming-server)',
  variable: 'NATS_STREAMING_SERVER',
  programs: ['nats-streaming-server'],
  cachedAs: `nats-streaming-server-${VERSION}`,
  attempts: [
    { title: 'its release archive', fetch: fetchRelease },
    { title: 'go install', fetch: goInstall },
  ],
};

async function fetchRelease(workspace: string): Promise<string> {
  const platform = `${process.platform}-${process.arch.replace('x64', 'amd64')}`;
  const sha256 = SHA256[platform];
  if (!sha256) throw new Error(`no checksum is pinned for ${platform}`);
  const name = `nats-streaming-server-${VERSION}-${platform}`;
  const archive = path.join(workspace, 'archive.tar.gz');
  const address = `https://github.com/nats-io/nats-streaming-server/releases/download/${VERSION}/${name}.tar.gz`;
  const found = await download(address, archive);
  if (found !== sha256) throw new Error(`its checksum is ${found}, not ${sha256}`);
  await runToEnd('tar', ['-xzf', archive, '-C', workspace], { timeoutMs: WITHIN_MS });
  return path.join(workspace, name, 'nats-streaming-server');
}

/** Downloads a file, drawing a bar on a terminal, and returns its SHA-256. */
async function download(address: string, file: string): Promise<string> {
  const response = await fetch(address, { signal: AbortSignal.timeout(WITHIN_MS) }).catch((error: Error) => {
    throw new Error(error.cause instanceof Error ? error.cause.message : error.message);
  });
  if (!response.ok || !response.body) throw new Error(`${address} answered ${response.status}`);
  const size = Number(response.headers.get('content-length'));
  const hash = createHash('sha256');
  let received = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      received += chunk.length;
      if (process.stderr.isTTY && size) process.stderr.write(`\r    ${bar(received / size)}`);
      done(null, chunk);
    },
  });
  await pipeline(Readable.from(response.body), measure, fs.createWriteStream(file));
  if (process.stderr.isTTY) process.stderr.write('\n');
  return hash.digest('hex');
}

function bar(share: number): string {
  const done = Math.round(share * 30);
  return `[${'#'.repeat(done)}${'.'.repeat(30 - done)}] ${Math.round(share * 100)} %`;
}

/** Builds it from source, whose checksum Go compares with its public checksum database. */
async function goInstall(workspace: string): Promise<string> {
  const go = await tool(['go'], ['golang-go', 'ca-certificates'], workspace);
  const module = `github.com/nats-io/nats-streaming-server@${VERSION}`;
  await runToEnd(go, ['install', module], { timeoutMs: 2 * WITHIN_MS, env: { GOBIN: workspace } });
  return path.join(workspace, 'nats-streaming-server');
}
