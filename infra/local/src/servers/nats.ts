import path from 'node:path';
import { runToEnd } from '../command';
import { download } from './download';
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
  await download(address, archive, sha256);
  await runToEnd('tar', ['-xzf', archive, '-C', workspace], { timeoutMs: WITHIN_MS });
  return path.join(workspace, name, 'nats-streaming-server');
}

/** Builds it from source, whose checksum Go compares with its public checksum database. */
async function goInstall(workspace: string): Promise<string> {
  const go = await tool(['go'], ['golang-go', 'ca-certificates'], workspace);
  const module = `github.com/nats-io/nats-streaming-server@${VERSION}`;
  // Without cgo it needs no C compiler.
  const env = { GOBIN: workspace, CGO_ENABLED: '0' };
  await runToEnd(go, ['install', module], { timeoutMs: 2 * WITHIN_MS, env });
  return path.join(workspace, 'nats-streaming-server');
}
