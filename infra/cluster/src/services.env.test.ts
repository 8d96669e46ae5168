import fs from 'node:fs';
import path from 'node:path';
import { baseConfig, marketConfig } from '@ticketing/common';
import { manifest, names, needing } from '@ticketing/local';
import { parse as parseYaml } from 'yaml';
import { environmentOf } from './manifests/environment';
import { named, type KubeObject } from './manifests/kube';
import { render } from './manifests/render';
import { Copy } from './manifests/testing';
import { root } from './workflows';

/** A service's config.ts lists its variables; every other place that names them must match. */

const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');

const common = jest.requireActual<object>('@ticketing/common');

/** The variables that a service reads. */
function readBy(name: string): string[] {
  let keys: string[] = [];
  jest.isolateModules(() => {
    jest.doMock('@ticketing/common', () => ({
      ...common,
      parseConfig: (shape: object) => {
        keys = Object.keys(shape);
        return {};
      },
    }));
    jest.requireActual<{ readConfig(): unknown }>(path.join(root, name, 'src/config.ts')).readConfig();
  });
  jest.dontMock('@ticketing/common');
  return keys;
}

const variables = new Map(names.map((name) => [name as string, readBy(name)]));
const variablesOf = (name: string) => variables.get(name) ?? [];

/** The variables in the table of a README. */
const documented = (file: string) => {
  const [, table = ''] = /^\| variable .*\n\| -.*\n((?:\|.*\n?)+)/m.exec(read(file)) ?? [];
  return table.split('\n').flatMap((row) => row.split('|')[1]?.match(/[A-Z][A-Z_]+/g) ?? []);
};

/** `JWT_SECRET` is another name of `JWT_KEY`. */
const aliases = (variables: string[]) => (variables.includes('JWT_KEY') ? ['JWT_SECRET'] : []);

test.each(names)('%s: its README describes the variables that it reads', (name) => {
  const [reads, told] = [variablesOf(name), documented(`${name}/README.md`)];
  expect(reads).toEqual(expect.arrayContaining(Object.keys(baseConfig)));
  // What all services have is described once.
  const left = name === 'auth' ? [] : Object.keys(baseConfig);
  expect(reads.filter((variable) => ![...told, ...left].includes(variable))).toEqual([]);
  expect(told.filter((variable) => ![...reads, ...aliases(reads)].includes(variable))).toEqual([]);
});

test('client: its README describes the variables that it reads', () => {
  const reads = [...read('client/lib/config.ts').matchAll(/process\.env\.([A-Z_]+)|'([A-Z]+_URL)'/g)]
    .map(([, one, other]) => one ?? other ?? '')
    .filter((variable) => variable !== 'NODE_ENV');
  expect(reads.length).toBeGreaterThan(5);
  const told = documented('client/README.md');
  const all = new Set([...reads, ...Object.keys(marketConfig)]);
  expect([...all].filter((variable) => !told.includes(variable))).toEqual([]);
});

test.each(names)('%s: it reads the secrets that the manifest says, and the address of its database', (name) => {
  const reads = variablesOf(name);
  expect(manifest[name].secrets.filter((secret) => !reads.includes(secret))).toEqual([]);
  expect(reads.includes('MONGO_URI')).toBe(needing('mongo').includes(name));
  expect(reads.includes('REDIS_URL')).toBe(needing('redis').includes(name));
});

describe('nothing gives a service variables that it does not read', () => {
  /**
   * All are given the settings of the market together, and Stripe's keys are one secret. From the others addresses are put
   * together, and MONGO_KEY is taken away before the service starts.
   */
  const others = [...Object.keys(marketConfig), 'STRIPE_PUBLISHABLE_KEY', 'MONGO_ADDRESS', 'MONGO_KEY'];
  const unread = (name: string, environment: object) => {
    const reads = variablesOf(name);
    return Object.keys(environment)
      .filter((variable) => ![...reads, ...aliases(reads), ...others].includes(variable))
      .filter((variable) => !/^(NATS|MONGO|REDIS)_PASSWORD$/.test(variable))
      .map((variable) => `${name}: ${variable}`);
  };
  const copy = new Copy();
  afterAll(() => copy.remove());

  test.each(['k8s-dev', 'k8s-prod'])('%s', async (overlay) => {
    copy.fillIn();
    const objects: KubeObject[] = await render(copy.at(overlay));
    expect(names.flatMap((name) => unread(name, environmentOf(objects, named(objects, 'Deployment', name)!)))).toEqual(
      [],
    );
  });

  test('compose', () => {
    const { services } = parseYaml(read('infra/docker/compose.yaml'), { merge: true }) as {
      services: Record<string, { environment?: Record<string, string> }>;
    };
    expect(names.flatMap((name) => unread(name, services[name]?.environment ?? {}))).toEqual([]);
  });
});
