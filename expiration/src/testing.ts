import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, pause, until } from '@ticketing/common/testing';

/** A redis-server with an append-only file that can be killed and started again on the same port and data. */
export async function startRedis(...more: string[]) {
  const binary = process.env.REDIS_SERVER ?? 'redis-server';
  const dir = await mkdtemp(join(tmpdir(), 'redis-'));
  const port = await freePort();
  const args = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    dir,
    '--appendonly',
    'yes',
    '--save',
    '',
    '--maxmemory-policy',
    'noeviction',
    ...more,
  ];
  let server: ReturnType<typeof spawn>;
  const start = async () => {
    server = spawn(binary, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    const log: string[] = [];
    server.stdout?.on('data', (chunk: Buffer) => log.push(chunk.toString()));
    await until(() => log.join('').includes('eady to accept connections'));
  };
  const kill = async () => {
    if (server.signalCode) return;
    const exited = once(server, 'exit');
    server.kill('SIGKILL');
    await exited;
  };
  await start();
  return {
    /** Keeps its connections open, but responds to nothing. */
    pause: () => pause(server),
    url: `redis://127.0.0.1:${port}`,
    start,
    kill,
    async stop() {
      await kill();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
