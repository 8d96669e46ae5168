import os from 'node:os';
import path from 'node:path';
import { environment } from '../config';
import { silentReporter, type Reporter } from '../reporter';
import { chromium } from './chromium';
import { find } from './find';
import { mongod } from './mongod';
import { nats } from './nats';
import { redis } from './redis';
import type { Server } from './server';

/** The programs of others that the stack and its tests run. */
export type ServerName = 'mongod' | 'nats-streaming-server' | 'redis-server' | 'chromium';

// One for all clones of a user: a program is fetched once.
const cacheHome = environment['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache');
const cache = path.join(cacheHome, 'ticketing/servers');

const servers = { mongod, 'nats-streaming-server': nats, 'redis-server': redis, chromium: chromium(cache) };

/**
 * The path of a program that runs here: from its environment variable, PATH or the cache, else fetched, which takes
 * minutes at the first time.
 * @throws Error that tells what was tried and what the user can do
 */
export function findServer(name: ServerName, reporter: Reporter = silentReporter): Promise<string> {
  return findProgram(servers[name], reporter);
}

/** The same for a program that another room describes. */
export function findProgram(program: Server, reporter: Reporter = silentReporter): Promise<string> {
  return find(program, { environment, cache }, reporter);
}
