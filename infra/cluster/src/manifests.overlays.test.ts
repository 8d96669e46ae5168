import fs from 'node:fs';
import { names, needing } from '@ticketing/local';
import { named, ofKind, workloads, type KubeObject } from './manifests/kube';
import { parse, render } from './manifests/render';
import { routesOf } from './manifests/routes';
import { Copy } from './manifests/testing';

let copy: Copy;
beforeEach(() => (copy = new Copy()));
afterEach(() => copy.remove());

const idOf = ({ kind, metadata }: KubeObject) => `${kind}/${metadata.name}`;
const byId = (objects: KubeObject[]) => [...new Map(objects.map((object) => [idOf(object), object])).entries()].sort();

/** What `kubectl apply -f` reads from a folder: its manifests in the order of their names. */
const applied = (folder: string) =>
  fs
    .readdirSync(copy.at(folder))
    .filter((file) => /\.(ya?ml|json)$/.test(file))
    .sort()
    .flatMap((file) => parse(fs.readFileSync(copy.at(`${folder}/${file}`), 'utf8')));

describe('the development overlay', () => {
  test('kubectl apply -f gives the same, except for the secrets that are created by hand', async () => {
    const secrets = ['Secret/delivery-secret', 'Secret/jwt-secret', 'Secret/stripe-secret'];
    const rendered = byId(await render(copy.at('k8s-dev')));
    expect(rendered.filter(([id]) => secrets.includes(id)).length).toBe(secrets.length);
    expect(byId([...applied('k8s'), ...applied('k8s-dev')])).toEqual(rendered.filter(([id]) => !secrets.includes(id)));
  });

  test('the namespace comes before its contents', async () => {
    expect(applied('k8s')[0]?.kind).toBe('Namespace');
    expect((await render(copy.at('k8s-dev')))[0]?.kind).toBe('Namespace');
  });

  test("its Ingress is the base's plus the emulator's pages", async () => {
    const [base, dev] = [routesOf(await render(copy.at('k8s'))), routesOf(await render(copy.at('k8s-dev')))];
    const pages = ['authenticate', 'onboard'].map((page) => `/stripe-emulator/${page}`);
    expect(dev.filter(({ path }) => !pages.includes(path))).toEqual(base);
    for (const path of pages) expect(dev).toContainEqual({ path, service: 'stripe-emulator-srv', port: 12111 });
  });

  test('without the emulator and the mailbox it is the base with secrets', async () => {
    copy.edit('k8s-dev', / {2}- stripe-emulator.yaml\n/, '');
    copy.edit('k8s-dev', / {2}- mailbox.yaml\n/, '');
    copy.edit('k8s-dev', /patches:\n {2}- path: ingress.yaml\n/, '');
    const own = byId(await render(copy.at('k8s-dev'))).filter(([id]) => !id.startsWith('Secret/'));
    expect(own).toEqual(byId(await render(copy.at('k8s'))));
  });

  test("skaffold deploys it as it is, plus access to the emulator's test controls", async () => {
    const besides = (objects: KubeObject[]) => byId(objects).filter(([id]) => !/stripe-emulator|e2e/.test(id));
    expect(besides(await render(copy.at('skaffold/run')))).toEqual(besides(await render(copy.at('k8s-dev'))));
  });

  test('skaffold dev may write to the pods it builds, and changes nothing else except their memory', async () => {
    const [dev, replaceable] = [await render(copy.at('k8s-dev')), await render(copy.at('skaffold/dev'))];
    const built = workloads(replaceable).filter(({ spec }) =>
      /^ticketing\/(?!e2e:)/.test(spec.template.spec.containers[0]?.image ?? ''),
    );
    expect(built.length).toBe(names.length + 2);
    for (const { metadata, spec } of built) {
      const [given] = spec.template.spec.containers;
      expect(given?.securityContext).toMatchObject({ readOnlyRootFilesystem: false, capabilities: { drop: ['ALL'] } });
      const [own] = workloads(dev).find((workload) => workload.metadata.name === metadata.name)!.spec.template.spec
        .containers;
      Object.assign(given!, { securityContext: own?.securityContext, resources: own?.resources });
    }
    expect(byId(replaceable)).toEqual(byId(dev));
  });
});

describe('production', () => {
  test.each([
    'jwt-secret.env',
    'delivery-secret.env',
    'mail-secret.env',
    'stripe-secret.env',
    'servers-secret.env',
    'replica-sets/mongo-secret.env',
  ])('refuses to render without %s', async (file) => {
    copy.fillIn();
    fs.rmSync(copy.at(`k8s-prod/${file}`));
    await expect(render(copy.at('k8s-prod'))).rejects.toThrow(file);
  });

  test('contains no secret, and has an example without values for each one it needs', () => {
    const files = fs.readdirSync(copy.at('k8s-prod'), { recursive: true }).map(String);
    expect(files.filter((file) => file.endsWith('.env'))).toEqual([]);
    const examples = files.filter((file) => file.endsWith('.env.example'));
    expect(examples.length).toBe(8);
    for (const file of examples)
      expect(fs.readFileSync(copy.at(`k8s-prod/${file}`), 'utf8')).toMatch(/^(#.*\n|[A-Z_]+=\n)+$/);
    expect([...applied('k8s-prod'), ...applied('k8s')].filter(({ kind }) => kind === 'Secret')).toEqual([]);
  });

  test('contains nothing for development', async () => {
    copy.fillIn();
    const objects = await render(copy.at('k8s-prod'));
    expect(objects.map(idOf).filter((id) => id.includes('emulator'))).toEqual([]);
    expect(JSON.stringify(objects)).not.toMatch(/ticketing\.dev|development|local-config/);
  });

  test('its secrets are what was filled in, and a pod restarts when they change', async () => {
    copy.fillIn();
    const nameOf = async () => {
      const objects = await render(copy.at('k8s-prod'));
      const secret = ofKind(objects, 'Secret').find(({ metadata }) => metadata.name.startsWith('jwt-secret'));
      expect(Buffer.from(secret?.data?.['JWT_KEY'] ?? '', 'base64').toString()).toMatch(/^filled-in-by-the-test/);
      const [container] = named(objects, 'Deployment', 'orders')?.spec.template.spec.containers ?? [];
      const key = container?.env?.find(({ name }) => name === 'JWT_KEY');
      expect(key?.valueFrom?.secretKeyRef?.name).toBe(secret?.metadata.name);
      return secret?.metadata.name;
    };
    const before = await nameOf();
    fs.appendFileSync(copy.at('k8s-prod/jwt-secret.env'), 'JWT_KEY_OLD=x\n');
    expect(await nameOf()).not.toBe(before);
  });

  test.each([false, true])('the domain is set in one place (with a Gateway: %s)', async (gateway) => {
    copy.fillIn();
    copy.edit('k8s-prod', /domain=[\w.]+/, 'domain=shop.test');
    if (gateway) copy.edit('k8s-prod', /# (?=- \.\.\/k8s-gateway)/, '');
    const objects = await render(copy.at('k8s-prod'));
    const text = JSON.stringify(objects);
    expect(text.match(/shop\.test/g)?.length).toBe(gateway ? 5 : 3);
    expect(text).not.toContain('ticketing.example');
    expect(ofKind(objects, 'Ingress').length).toBe(gateway ? 0 : 1);
  });

  test('the HTTPRoute routes like the Ingress', async () => {
    const [ingress, gateway] = [await render(copy.at('k8s')), await render(copy.combine('both', 'k8s', 'k8s-gateway'))];
    expect(routesOf(gateway).filter(({ service }) => service)).toEqual(routesOf(ingress));
  });

  test('runs at least two of each service, three members of each database and three nodes of NATS', async () => {
    copy.fillIn();
    const objects = await render(copy.at('k8s-prod'));
    const replicas = (name: string) => {
      const scaler = named(objects, 'HorizontalPodAutoscaler', name)?.spec.minReplicas;
      return scaler ?? workloads(objects).find(({ metadata }) => metadata.name === name)?.spec.replicas;
    };
    for (const name of [...names, 'client']) expect([name, replicas(name)]).toEqual([name, 2]);
    for (const name of [...needing('mongo').map((service) => `${service}-mongo`), 'nats'])
      expect([name, replicas(name)]).toEqual([name, 3]);
  });

  test('reads the addresses of external databases from a secret, and runs no database', async () => {
    copy.fillIn();
    copy.edit('k8s-prod', /- replica-sets.*/, '- hosted-mongo');
    const objects = await render(copy.at('k8s-prod'));
    expect(objects.map(idOf).filter((id) => /mongo/.test(id) && !/hosted|secret/.test(id))).toEqual([]);
    fs.rmSync(copy.at('k8s-prod/hosted-mongo/mongo-secret.env'));
    await expect(render(copy.at('k8s-prod'))).rejects.toThrow('mongo-secret.env');
  });
});
