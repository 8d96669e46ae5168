import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { runToEnd } from '../command.cjs';
import { openData } from '../data';
import type { Blueprint } from '../parts/blueprint';
import { portNames } from '../parts/blueprint';
import { natsUrl, planMongo, planNats, planRedis, redisUrl } from '../parts/servers';
import type { PartPlan } from '../part';
import { choosePorts } from '../ports';
import { silentReporter } from '../reporter.cjs';
import { launch } from '../stack';
import { bareMachine } from './bareMachine';
import { findServers, servers as known, type StackServer } from './index.cjs';

// What a newcomer has: an empty home, and a PATH without any of the servers. On a developer's machine the first run
// has put them there, so that no other test sees how they are fetched.

const names = ['mongod', 'nats-streaming-server', 'redis-server'] as const;
const pythons = /^(python|pip)/;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'a bare machine-'));
const probes = path.join(folder, 'probes');
let installed: Record<StackServer, string>;

jest.setTimeout(20 * 60_000);
beforeAll(async () => {
  installed = await findServers();
  fs.mkdirSync(probes);
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** A newcomer's environment. Go's build cache is shared: it does not count as a found program. */
function newcomer(place: string, lacksPython: boolean): NodeJS.ProcessEnv {
  const go = (variable: string) => spawnSync('go', ['env', variable], { encoding: 'utf8' }).stdout?.trim();
  const env = bareMachine(place, (program) => lacksPython && pythons.test(program));
  return { ...env, GOCACHE: go('GOCACHE'), GOMODCACHE: go('GOMODCACHE') };
}

/** Finds a server as on a newcomer's machine, in a separate process: by one attempt, or by all. */
async function search(name: StackServer, attempt?: number): Promise<string> {
  const place = path.join(folder, `a machine for ${name} ${attempt ?? ''}`);
  const [from, to] = attempt === undefined ? [0] : [attempt, attempt + 1];
  const script = `
    const { findProgram, servers } = require(${JSON.stringify(path.join(__dirname, 'index.cjs'))});
    const server = servers[${JSON.stringify(name)}];
    findProgram({ ...server, attempts: server.attempts.slice(${from}, ${to}) }).then(
      (program) => require('node:fs').writeFileSync(process.argv[1], program),
      (error) => { console.error(error.message); process.exit(1); });`;
  fs.mkdirSync(place);
  const note = path.join(place, 'found');
  const pythonLacks = attempt !== undefined && needsNewPython(known[name].attempts[attempt]!.title);
  const env = newcomer(place, pythonLacks);
  const log = path.join(place, 'log');
  await runToEnd(process.execPath, ['-e', script, note], { env, timeoutMs: 15 * 60_000, log });
  return fs.readFileSync(note, 'utf8');
}

const needsNewPython = (title: string) => title.includes('with Python installed for it');

/** Starts a server as the stack does, speaks its protocol, and stops it. */
async function works(name: StackServer, program: string): Promise<void> {
  const data = await openData(fs.mkdtempSync(path.join(folder, 'data-')));
  const blueprint: Blueprint = {
    ...{ folder: data, settings: {}, proxyPort: 0, replicas: 1, dev: false },
    servers: { ...installed, [name]: program },
    ports: await choosePorts(data.portsFile, portNames(1)),
  };
  const plans: Record<StackServer, () => PartPlan> = {
    mongod: () => planMongo(blueprint)[0]!,
    'nats-streaming-server': () => planNats(blueprint),
    'redis-server': () => planRedis(blueprint),
  };
  const plan = plans[name]();
  const stack = await launch({ url: '', parts: [plan], folder: data, reporter: silentReporter });
  try {
    const answer = await converse(plan.port, greetingOf(name, blueprint));
    expect(answer).toMatch(answers[name]);
  } finally {
    await stack.stop();
  }
}

/** MongoDB's OP_MSG with `{ ping: 1, $db: 'admin' }`. */
function mongoPing(): Buffer {
  const body = Buffer.from('\x10ping\0\x01\0\0\0\x02$db\0\x06\0\0\0admin\0\0', 'latin1');
  const message = Buffer.alloc(16 + 4 + 1 + 4 + body.length);
  message.writeInt32LE(message.length, 0);
  message.writeInt32LE(1, 4);
  message.writeInt32LE(2013, 12);
  message.writeInt32LE(4 + body.length, 21);
  body.copy(message, 25);
  return message;
}

/** The first bytes sent to a server: credentials if it wants any, and a request that it answers. */
function greetingOf(name: StackServer, blueprint: Blueprint): Buffer {
  if (name === 'mongod') return mongoPing();
  const { username: user, password: pass } = new URL(
    name === 'redis-server' ? redisUrl(blueprint) : natsUrl(blueprint),
  );
  if (name === 'redis-server') return Buffer.from(`AUTH ${pass}\r\nINFO server\r\n`);
  return Buffer.from(`CONNECT ${JSON.stringify({ verbose: false, user, pass })}\r\nPING\r\n`);
}

// MongoDB's ends with `ok: 1.0`, NATS's with its pong; Redis says which server it is.
const answers: Record<StackServer, RegExp> = {
  mongod: /\x01ok\0\0{6}\xf0\x3f/,
  'nats-streaming-server': /^INFO \{.*\r\n(.*\r\n)*PONG\r\n/,
  'redis-server': /redis_version:\d+\.\d+.*\r\n(.*\r\n)*redis_mode:standalone\r\n/,
};

async function converse(port: number, greeting: Buffer): Promise<string> {
  const socket = net.connect(port, '127.0.0.1');
  socket.setTimeout(30_000, () => socket.destroy(new Error('It does not answer')));
  socket.write(greeting);
  let heard = '';
  for await (const chunk of socket) {
    heard += (chunk as Buffer).toString('latin1');
    if (Object.values(answers).some((answer) => answer.test(heard))) break;
  }
  return heard;
}

/** Checks what an attempt depends on; returns why it cannot be made here, if so. */
async function obstacle(title: string): Promise<string | undefined> {
  if ((title.startsWith('apt-get') || needsNewPython(title)) && process.getuid?.() !== 0) return 'it needs root';
  const [, probe] = needs.find(([pattern]) => pattern.test(title)) ?? [];
  if (!probe) throw new Error(`Nothing says what the attempt "${title}" needs: add it to the test`);
  return (await probe()) ? undefined : 'what it fetches from cannot be reached from here';
}

const succeeds =
  (command: string, ...args: string[]) =>
  () =>
    runToEnd(command, args, { timeoutMs: 120_000, cwd: probes, log: path.join(probes, 'log') }).then(
      () => true,
      () => false,
    );
const reaches = (address: string) => () =>
  fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(30_000) }).then(
    () => true,
    () => false,
  );
const needs: [RegExp, () => Promise<boolean>][] = [
  [/^apt-get|^Debian's packages/, succeeds('apt-get', 'download', 'hostname')],
  [/^the PyPI wheel/, succeeds('python3', '-m', 'pip', 'download', '-q', '--no-deps', '--no-cache-dir', 'six')],
  [/^go install/, succeeds('go', 'list', '-m', 'github.com/nats-io/nuid@latest')],
  [/^its release archive/, reaches('https://github.com')],
  [/^mongodb-memory-server/, reaches('https://fastdl.mongodb.org')],
  [/^redis-memory-server/, reaches('https://download.redis.io')],
];

const attempts = names.flatMap((name) => known[name].attempts.map(({ title }, index) => ({ name, title, index })));

test.each(names)('%s is found on a bare machine, under a name that it starts by', async (name) => {
  const ways = await Promise.all(known[name].attempts.map(({ title }) => obstacle(title)));
  if (ways.every(Boolean)) {
    console.warn(`NOT TESTED: the search for ${name}, since nothing that it could be fetched from can be reached`);
    return;
  }
  await works(name, await search(name));
});

test.each(attempts)('$name, by $title', async ({ name, title, index }) => {
  const reason = await obstacle(title);
  if (reason) console.warn(`NOT TESTED: ${name} by ${title}: ${reason}`);
  else await works(name, await search(name, index));
});
