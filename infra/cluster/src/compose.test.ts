import fs from 'node:fs';
import path from 'node:path';
import { names, needing } from '@ticketing/local';
import { parse } from 'yaml';
import { root } from './workflows';

/** The services' own config.ts validates what compose.yaml gives them, and the servers accept its credentials. */

interface Compose {
  services: Record<
    string,
    { command?: string | string[]; environment?: Record<string, string>; entrypoint?: string[]; ports?: string[] }
  >;
}

/** As Docker reads it when no variable is set. */
const text = fs
  .readFileSync(path.join(root, 'infra/docker/compose.yaml'), 'utf8')
  .replace(/\$\{\w+:-([^}]*)\}/g, '$1')
  .replace(/\$\{\w+:\+[^}]*\}/g, '');
const { services } = parse(text, { merge: true }) as Compose;
const commandOf = (name: string) => [services[name]?.command ?? []].flat().join(' ');

function configOf(name: string): Record<string, unknown> {
  jest.replaceProperty(process, 'env', { ...services[name]?.environment });
  const file = path.join(root, name, 'src/config.ts');
  return jest.requireActual<{ readConfig(): Record<string, unknown> }>(file).readConfig();
}
afterEach(() => jest.restoreAllMocks());

test.each(names)('%s has everything it needs, and may reach NATS', (name) => {
  const { username, password, host } = new URL(String(configOf(name)['NATS_URL']));
  expect(commandOf(host.split(':')[0]!)).toContain(`-user ${username} -pass ${password} `);
});

test.each(needing('mongo'))('%s prepares its own database, as its own user', (name) => {
  const { username, hostname, pathname } = new URL(String(configOf(name)['MONGO_URI']));
  expect([username, hostname, pathname]).toEqual([name, `${name}-mongo`, `/${name}`]);
  expect(services[name]?.entrypoint?.join(' ')).toContain('node /app/database.cjs && exec env -u MONGO_KEY node');
  expect(services[name]?.environment?.['MONGO_KEY']).toBe(services[hostname]?.environment?.['MONGO_KEY']);
  expect(commandOf(hostname)).toContain('--keyFile /tmp/key');
});

test.each(needing('smtp'))(
  '%s sends its mail to the mailbox, whose page is where the system test looks for it',
  (name) => {
    const { hostname, port } = new URL(String(configOf(name)['SMTP_URL']));
    const { environment, ports, entrypoint } = services[hostname] ?? {};
    expect(environment).toMatchObject({ HOST: '0.0.0.0', SMTP_PORT: port, PORT: '8025' });
    expect(ports).toEqual(['127.0.0.1:8025:8025']);
    const program = entrypoint?.[1]?.replace('/app/infra/local/dist', 'infra/local/src').replace(/js$/, 'ts') ?? '';
    expect(fs.existsSync(path.join(root, program))).toBe(true);
  },
);

test.each(needing('redis'))('%s may reach Redis, and so may its health check', (name) => {
  const { password, hostname } = new URL(String(configOf(name)['REDIS_URL']));
  expect(commandOf(hostname)).toContain(`--requirepass ${password}`);
  expect(services[hostname]?.environment?.['REDISCLI_AUTH']).toBe(password);
});
