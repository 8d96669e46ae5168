import { randomInt } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';

// Below the range from which systems give out ports for outgoing connections, so that none of those takes the port
// of a part that is being started again.
const LOWEST = 20_000;
const HIGHEST = 32_000;

/** Whether nothing listens on a port of an address; false too if this process may not listen there. */
export function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'EADDRNOTAVAIL'));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** A free port on loopback that is not among `taken`. */
export async function findFreePort(taken: number[] = []): Promise<number> {
  for (;;) {
    const port = randomInt(LOWEST, HIGHEST);
    if (!taken.includes(port) && (await isFree(port))) return port;
  }
}

/** A port for each name: the one noted in `file` if it is still free, else a new one; then noted there. */
export async function choosePorts<Name extends string>(file: string, names: Name[]): Promise<Record<Name, number>> {
  const noted = (fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {}) as Partial<Record<Name, number>>;
  const ports = {} as Record<Name, number>;
  for (const name of names) {
    const port = noted[name];
    ports[name] = port && (await isFree(port)) ? port : await findFreePort(Object.values(ports));
  }
  fs.writeFileSync(file, `${JSON.stringify({ ...noted, ...ports }, null, 2)}\n`);
  return ports;
}
