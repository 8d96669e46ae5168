import { spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { environment } from './config.cjs';
import setUpServers from './jest.setup';
import { findFreePort } from './ports';

/** Runs a command until standard input closes, as it does however the parent exits; then removes a folder. */
const WHILE_OPEN = '"$@" & cat; kill -9 $!; wait; rm -rf "$0"';

/**
 * Runs before a suite whose files share a mongod, because starting one costs a second of a core: each file has its own
 * database. It stops when this process ends.
 */
export default async function setUp(): Promise<void> {
  await setUpServers();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'mongod-'));
  const port = await findFreePort();
  const args = ['--bind_ip', '127.0.0.1', '--port', String(port), '--dbpath', folder];
  const lean = ['--wiredTigerCacheSizeGB', '0.5', '--setParameter', 'diagnosticDataCollectionEnabled=false'];
  const compressors = ['--networkMessageCompressors', 'snappy,zstd'];
  const command = [String(environment['MONGOD']), ...args, ...lean, ...compressors];
  const server = spawn('/bin/sh', ['-c', WHILE_OPEN, folder, ...command], { stdio: ['pipe', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    let log = '';
    server.once('error', reject);
    server.stdout.on('data', (part: Buffer) => {
      log += part.toString();
      if (log.includes('Waiting for connections')) resolve();
    });
    server.stdout.once('end', () => reject(new Error(`mongod ended:\n${log}`)));
  });
  // Further output is discarded.
  server.stdout.removeAllListeners('data').resume();
  server.unref();
  for (const stream of [server.stdin, server.stdout]) (stream as unknown as { unref(): void }).unref();
  environment['MONGOD_URI'] = `mongodb://127.0.0.1:${port}`;
}
