import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { findFreePort, findServer } from '@ticketing/local';
import { reporter } from './progress';

/** A running mongod of our own. */
export interface Mongod {
  port: number;
  stop(): Promise<void>;
}

/**
 * Starts a mongod with its data in a folder; clients wait until it is ready. It has its own process group, so that
 * Ctrl-C in the terminal leaves stopping it to us.
 */
export async function startMongod(folder: string): Promise<Mongod> {
  const data = path.join(folder, 'mongo-baseline');
  fs.mkdirSync(data);
  const port = await findFreePort();
  const args = [
    '--dbpath',
    data,
    '--port',
    String(port),
    '--bind_ip',
    '127.0.0.1',
    '--quiet',
    '--networkMessageCompressors',
    'snappy,zstd',
  ];
  const child = spawn(await findServer('mongod', reporter), args, { stdio: 'ignore', detached: true });
  const exit = once(child, 'exit');
  return {
    port,
    async stop() {
      child.kill();
      await exit;
    },
  };
}
