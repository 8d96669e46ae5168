import fs from 'node:fs';
import path from 'node:path';
import { lifetimes, SESSION_LIFETIME, subjects, type Listeners } from '@ticketing/common';
import { manifest, names, needing } from '@ticketing/local';
import { environmentOf } from './manifests/environment';
import { named, type KubeObject } from './manifests/kube';
import { parse, render } from './manifests/render';
import { Copy } from './manifests/testing';
import { root } from './workflows';

/** The events and secrets of each service: what its manifest lists, and nothing else. */

const all = Object.keys(subjects);

/** The subjects in a service's own table. */
function heard(name: string): string[] {
  const file = path.join(root, name, 'src/listeners.ts');
  if (!fs.existsSync(file)) return [];
  const operations = new Proxy({}, { get: () => () => Promise.resolve() });
  let subjects: string[] = [];
  // Each service gets its own mongoose: two may have models of the same name.
  jest.isolateModules(() => {
    const { listeners } = jest.requireActual<{ listeners(operations: object): Listeners }>(file);
    subjects = Object.keys(listeners(operations));
  });
  return subjects;
}

/** The subjects that a service's sources mention. */
function written(name: string): string[] {
  const folder = path.join(root, name, 'src');
  const sources = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/test/.test(file))
    .map((file) => fs.readFileSync(path.join(folder, file), 'utf8'))
    .join('\n');
  return all.filter((subject) => sources.includes(`'${subject}'`));
}

test.each(names)('%s listens to the subjects of its listeners.ts', (name) => {
  expect(heard(name).sort()).toEqual([...manifest[name].listensTo].sort());
});

test.each(names)('%s mentions only subjects that it listens to or publishes, and all that it publishes', (name) => {
  const { listensTo, publishes }: { listensTo: string[]; publishes: string[] } = manifest[name];
  expect(written(name)).toEqual(expect.arrayContaining(publishes));
  expect(written(name).filter((subject) => ![...listensTo, ...publishes].includes(subject))).toEqual([]);
});

test('only expiration publishes directly: it has no database with an outbox', () => {
  const publishes = names.filter((name) =>
    fs.readFileSync(path.join(root, name, 'src/index.ts'), 'utf8').includes('publishes: true'),
  );
  expect(publishes).toEqual(['expiration']);
  expect(publishes.filter((name) => needing('mongo').includes(name))).toEqual([]);
});

test('each subject is published by the service that events.ts names, and consumed by another', () => {
  const text = fs.readFileSync(path.join(root, 'common/src/contract/events.ts'), 'utf8');
  const noted = [...text.matchAll(/\/\*\* (\w+): .*\n {2}'([\w:-]+)'/g)].map(([, name, subject]) => [subject, name]);
  const told = names.flatMap((name) => manifest[name].publishes.map((subject) => [subject, name]));
  expect(told.sort()).toEqual(noted.sort());
  expect(told.map(([subject]) => subject).sort()).toEqual([...all].sort());
  const heard = new Set<string>(names.flatMap((name) => manifest[name].listensTo));
  expect(all.filter((subject) => !heard.has(subject))).toEqual([]);
});

test('the broker keeps ended sessions for longer than any token lives, but not forever', () => {
  const limits = fs.readFileSync(path.join(root, 'infra/docker/nats.conf'), 'utf8');
  const [, hours] = /"session:ended": \{ max_age: "(\d+)h" \}/.exec(limits) ?? [];
  expect(Number(hours) * 3_600_000).toBeGreaterThan(SESSION_LIFETIME);
  const [config, nats] = parse(fs.readFileSync(path.join(root, 'infra/k8s/nats.yaml'), 'utf8'));
  expect((config as KubeObject & { data: Record<string, string> }).data['nats.conf']).toBe(limits);
  expect(JSON.stringify(nats)).toContain('-sc=/etc/nats-limits/nats.conf');
  expect(fs.readFileSync(path.join(root, 'infra/docker/compose.yaml'), 'utf8')).toContain('-sc /etc/nats.conf');
});

test('the broker deletes events that name a person within 30 days', () => {
  const limits = fs.readFileSync(path.join(root, 'infra/docker/nats.conf'), 'utf8');
  const naming = all.filter((subject) => subject.startsWith('user:') || subject === 'message:owed');
  const hours = naming.map((subject) => new RegExp(`"${subject}": \\{ max_age: "(\\d+)h" \\}`).exec(limits)?.[1]);
  expect(
    Object.fromEntries(naming.map((subject, at) => [subject, Number(hours[at]) * 3_600_000 === lifetimes.told])),
  ).toEqual(Object.fromEntries(naming.map((subject) => [subject, true])));
});

describe('secrets', () => {
  const environmentIn = (objects: KubeObject[], name: string) => {
    const workload = named(objects, 'Deployment', name);
    if (!workload) throw new Error(`infra/k8s/${name}.yaml: add a Deployment ${name}`);
    return environmentOf(objects, workload);
  };
  const copy = new Copy();
  afterAll(() => copy.remove());

  test.each(['k8s-dev', 'k8s-prod'])('%s: each service has the secrets it needs', async (overlay) => {
    copy.fillIn();
    const objects = await render(copy.at(overlay));
    const lacking = names.flatMap((name) => {
      const environment = environmentIn(objects, name);
      return manifest[name].secrets.filter((secret) => !environment[secret]).map((secret) => `${name} lacks ${secret}`);
    });
    expect(lacking).toEqual([]);
  });

  test.each(['k8s-dev', 'k8s-prod'])("%s: no service has another's secrets", async (overlay) => {
    copy.fillIn();
    const objects = await render(copy.at(overlay));
    const all = [...new Set(names.flatMap((name): string[] => manifest[name].secrets))];
    const known = names.flatMap((name) => {
      const environment = environmentIn(objects, name);
      const own: string[] = manifest[name].secrets;
      return all.filter((secret) => environment[secret] && !own.includes(secret)).map((secret) => `${name}: ${secret}`);
    });
    expect(known).toEqual([]);
  });

  test('a service without secrets has no keys', async () => {
    copy.fillIn();
    const objects = await render(copy.at('k8s-prod'));
    for (const name of names.filter((each) => manifest[each].secrets.length === 0)) {
      const environment = environmentIn(objects, name);
      expect(Object.keys(environment).filter((variable) => /KEY|SECRET/.test(variable))).toEqual([]);
    }
  });
});
