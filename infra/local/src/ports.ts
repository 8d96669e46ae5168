import { randomInt } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';

// Below the ephemeral port range, so that no outgoing connection takes the port of a part that is restarting.
const LOWEST = 20_000;
const HIGHEST = 32_000;

/** The even ports claimed by this process. */
const claimed = new Set<number>();

/** Listens on a port, unless it is taken. */
function listen(port: number, host: string): Promise<net.Server | NodeJS.ErrnoException> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', resolve);
    server.listen({ port, host, exclusive: true }, () => resolve(server));
  });
}

/** Whether nothing listens on a port of an address; false too if this process may not listen there. */
export async function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  const outcome = await listen(port, host);
  if (!(outcome instanceof net.Server)) return outcome.code === 'EADDRNOTAVAIL';
  await new Promise((resolve) => outcome.close(resolve));
  return true;
}

/**
 * Claims a free even port for this process, for as long as it lives: listening on the odd port above an even one claims
 * both. A part starts to listen some time after its port is chosen, and two stacks that start at once must not choose the
 * same one.
 */
async function claim(port: number): Promise<boolean> {
  if (port % 2 !== 0) return false;
  if (claimed.has(port)) return isFree(port);
  const holder = await listen(port + 1, '127.0.0.1');
  if (!(holder instanceof net.Server)) return false;
  if (!(await isFree(port))) {
    holder.close();
    return false;
  }
  holder.unref();
  claimed.add(port);
  return true;
}

/** A free port on loopback, claimed by no other stack and not used by this process. */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = LOWEST + 2 * randomInt((HIGHEST - LOWEST) / 2);
    if (!claimed.has(port) && (await claim(port))) return port;
  }
}

/** A port for each name: the one stored in `file` if still free, otherwise a new one, which is stored there. */
export async function choosePorts<Name extends string>(file: string, names: Name[]): Promise<Record<Name, number>> {
  const noted = (fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {}) as Partial<Record<Name, number>>;
  const ports = {} as Record<Name, number>;
  for (const name of names) {
    const port = noted[name];
    ports[name] = port && (await claim(port)) ? port : await findFreePort();
  }
  fs.writeFileSync(file, `${JSON.stringify({ ...noted, ...ports }, null, 2)}\n`);
  return ports;
}
