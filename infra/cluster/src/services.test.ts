import fs from 'node:fs';
import path from 'node:path';
import { manifest, names, needing, routed } from '@ticketing/local';
import { parse as parseYaml } from 'yaml';
import { ofKind, workloads } from './manifests/kube';
import { parse } from './manifests/render';
import { routesOf } from './manifests/routes';
import { root } from './workflows';

/** Files that list services, but cannot read their manifest (infra/local/src/services.cjs), list the same ones. */

const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');
const yaml = <T>(file: string) => parseYaml(read(file), { merge: true }) as T;
const kube = (file: string) => parse(read(file));
const found = (file: string, pattern: RegExp) => [...read(file).matchAll(pattern)].map(([, group = '']) => group);

/** The root folders that contain a package. */
const folders = fs.readdirSync(root).filter((name) => fs.existsSync(path.join(root, name, 'package.json')));
const others = ['client', 'common'];

interface Skaffold {
  build: { artifacts: { image: string; docker: { buildArgs?: { SERVICE?: string } } }[] };
  profiles: { name: string; patches?: { op: string; path: string }[] }[];
}
const { build, profiles } = yaml<Skaffold>('skaffold.yaml');
const artifacts = build.artifacts.map(({ image }) => image);
/** The artifacts that a profile's patches target. */
const patched = (profile: string, pattern: RegExp) =>
  (profiles.find(({ name }) => name === profile)?.patches ?? []).flatMap(({ op, path: place }) => {
    const [, index] = pattern.exec(`${op} ${place}`) ?? [];
    return index ? (artifacts[Number(index)] ?? `nothing at ${index}`) : [];
  });

interface Compose {
  services: Record<string, { image?: string; build?: { args?: { SERVICE?: string } } }>;
}
const composed = Object.entries(yaml<Compose>('infra/docker/compose.yaml').services);

const images = names.map((name) => `ticketing/${name}`);
const stores = needing('mongo').map((name) => `${name}-mongo`);
const queues = needing('redis').map((name) => `${name}-redis`);
const workloadFiles = [...names, ...stores, ...queues].map((name) => `${name}.yaml`);
const sharedFiles = ['00-namespace', 'network-policies', 'market', 'nats', 'client', 'ingress'].map(
  (name) => `${name}.yaml`,
);
const inK8s = fs.readdirSync(path.join(root, 'infra/k8s')).filter((file) => file.endsWith('.yaml'));

/** By file: what it lists, and what the manifest says it should list. */
const lists: Record<string, [what: string, is: readonly string[], meant: readonly string[]][]> = {
  'infra/local/src/services.cjs': [['the folder', names, folders.filter((name) => !others.includes(name))]],
  'tsconfig.json': [['the reference', found('tsconfig.json', /"path": "([\w-]+)"/g), [...names, 'common']]],
  'package-lock.json': [
    [
      'by npm install the workspace',
      found('package-lock.json', /"resolved": "([\w-]+)",\s+"link": true/g),
      [...names, ...others],
    ],
  ],
  'infra/docker/service.Dockerfile': [
    [
      'the COPY of the package.json of',
      found('infra/docker/service.Dockerfile', /^COPY ([\w-]+)\/package\.json \1\/$/gm),
      [...names, 'common'],
    ],
  ],
  'infra/docker/compose.yaml': [
    [
      'with its image and SERVICE the service',
      composed
        .filter(([name, { image, build }]) => image === `ticketing/${name}` && build?.args?.SERVICE === name)
        .map(([name]) => name),
      names,
    ],
    ['the database', composed.map(([name]) => name).filter((name) => name.endsWith('-mongo')), stores],
  ],
  'skaffold.yaml': [
    ['the artifact', artifacts, [...images, 'ticketing/stripe-emulator', 'ticketing/client', 'ticketing/e2e']],
    ['the BASE_IMAGE of', patched('base-image', /^add .*artifacts\/(\d+)\//), artifacts],
    ['the network of', patched('host-network', /^add .*artifacts\/(\d+)\//), artifacts],
    [
      'to profile dev the target of',
      patched('dev', /^add .*artifacts\/(\d+)\/docker\/target/),
      artifacts.filter((image) => image !== 'ticketing/e2e'),
    ],
    // The system test's image contains the mailbox.
    ['to profile dev the removal of', patched('dev', /^remove .*artifacts\/(\d+)$/), []],
    [
      'to profile prod the removal of',
      patched('prod', /^remove .*artifacts\/(\d+)$/),
      ['ticketing/e2e', 'ticketing/stripe-emulator'],
    ],
  ],
  'infra/k8s-prod/hosted-mongo/network-policy.yaml': [
    [
      'the app',
      found('infra/k8s-prod/hosted-mongo/network-policy.yaml', /values: \[([^\]]+)\]/g).flatMap((all) =>
        all.split(', '),
      ),
      needing('mongo'),
    ],
  ],
  'infra/k8s': [['the file', inK8s, [...workloadFiles, ...sharedFiles]]],
  'infra/k8s/Kustomization': [['the resource', found('infra/k8s/Kustomization', /^ {2}- (.*)$/gm), inK8s]],
};

test.each(Object.entries(lists))('%s lists what the manifest does', (_file, all) => {
  const wrong = all.flatMap(([what, is, meant]) => [
    ...meant.filter((each) => !is.includes(each)).map((each) => `add ${what} ${each}`),
    ...is.filter((each) => !meant.includes(each)).map((each) => `take out ${what} ${each}`),
  ]);
  expect(wrong).toEqual([]);
});

test('each skaffold artifact is built from its own folder', () => {
  const built = build.artifacts.filter(({ image }) => images.includes(image));
  expect(built.map(({ docker }) => `ticketing/${docker.buildArgs?.SERVICE}`).sort()).toEqual([...images].sort());
});

test.each(names)('the pods of %s have the labels that the policies select', (name) => {
  const workload = workloads(kube(`infra/k8s/${name}.yaml`)).find(({ metadata }) => metadata.name === name);
  const labels = { app: name, bus: 'nats', ...(routed.includes(name) && { serves: 'api' }) };
  expect(workload?.spec.template.metadata.labels).toEqual(labels);
  expect(workload?.metadata.labels).toEqual(labels);
});

describe('routes', () => {
  const meant = routed.flatMap((name) => manifest[name].routes.map((route) => `${route} → ${name}`));
  const apis = (file: string) =>
    routesOf(kube(file)).flatMap(({ path: route, service }) =>
      route.startsWith('/api/') ? `${route} → ${service.replace('-srv', '')}` : [],
    );

  test.each(['infra/k8s/ingress.yaml', 'infra/k8s-dev/ingress.yaml', 'infra/k8s-gateway/gateway.yaml'])(
    '%s',
    (file) => {
      expect(apis(file)).toEqual(meant);
    },
  );

  test('infra/docker/proxy.conf', () => {
    const lines = [...read('infra/docker/proxy.conf').matchAll(/^ {2}~(\S+)\s+(\S+);$/gm)];
    const leads = (route: string) => {
      for (const [, pattern = '', target = ''] of lines) {
        const [, first = ''] = new RegExp(pattern).exec(route) ?? [];
        if (new RegExp(pattern).test(route)) return target.replace('$1', first);
      }
      return 'client';
    };
    const all = routed.flatMap((name) => manifest[name].routes.map((route) => ({ route, name })));
    expect(all.map(({ route }) => `${route} → ${leads(route)}`)).toEqual(meant);
    expect(all.map(({ route }) => leads(`${route}/1`))).toEqual(all.map(({ name }) => name));
    expect(leads('/api/nothing')).toBe('client');
  });

  test('infra/k8s-prod/autoscalers.yaml: everything with routes is scaled', () => {
    const scaled = ofKind(kube('infra/k8s-prod/autoscalers.yaml'), 'HorizontalPodAutoscaler');
    expect(scaled.map(({ spec }) => spec.scaleTargetRef.name).sort()).toEqual([...routed, 'client'].sort());
  });
});
