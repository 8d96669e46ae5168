import path from 'node:path';
import { marketConfig, readMarket } from '@ticketing/common';
import { manifest, names, routed } from '@ticketing/local';
import { environmentOf } from './manifests/environment';
import { named, workloads, type KubeObject } from './manifests/kube';
import { infra, render } from './manifests/render';
import { routesOf } from './manifests/routes';
import { Copy } from './manifests/testing';

/** The parts' own config code validates the environment that their pods get. */

const copy = new Copy();
const renderings: Record<string, KubeObject[]> = {};

beforeAll(async () => {
  copy.fillIn();
  renderings['dev'] = await render(copy.at('k8s-dev'));
  renderings['prod'] = await render(copy.at('k8s-prod'));
  copy.edit('k8s-prod', /- replica-sets.*/, '- hosted-mongo');
  renderings['hosted'] = await render(copy.at('k8s-prod'));
});
afterAll(() => copy.remove());

const objectsOf = (name: string) => renderings[name] ?? [];
const environment = (objects: KubeObject[], name: string) => {
  const workload = workloads(objects).find(({ metadata }) => metadata.name === name);
  return workload ? environmentOf(objects, workload) : {};
};

/** What a part of the project reads from an environment. */
function configOf(file: string, env: Record<string, string>): Record<string, unknown> {
  jest.replaceProperty(process, 'env', env);
  return jest.requireActual<{ readConfig(): Record<string, unknown> }>(path.join(infra, '..', file)).readConfig();
}
afterEach(() => jest.restoreAllMocks());

test.each(['dev', 'prod', 'hosted'].flatMap((name) => names.map((service) => [name, service] as const)))(
  '%s: %s finds what it needs',
  (name, service) => {
    const config = configOf(`${service}/src/config.ts`, environment(objectsOf(name), service));
    expect(config).toMatchObject({
      PORT: 3000,
      HOST: '0.0.0.0',
      NATS_CLIENT_ID: 'pod-7d4b9c-x2x9z',
      NATS_CLUSTER_ID: 'ticketing',
    });
  },
);

test.each([
  ['dev', false],
  ['prod', true],
  ['hosted', true],
])(
  '%s: only confirmed addresses may sell, and descriptions with contact details wait for review: %s',
  (name, isStrict) => {
    expect(configOf('tickets/src/config.ts', environment(objectsOf(name), 'tickets'))).toMatchObject({
      CONFIRM_BEFORE_SELLING: isStrict,
      REVIEW_CONTACTS: isStrict,
    });
  },
);

test('notices what is missing', () => {
  const without = objectsOf('dev').filter(({ metadata }) => metadata.name !== 'jwt-secret');
  expect(() => configOf('orders/src/config.ts', environment(without, 'orders'))).toThrow('JWT_KEY');
});

/** The keys that a service has besides the session key. */
const own: Record<string, string[]> = { auth: ['FACTOR_KEY'], orders: ['PASS_KEY'] };

test.each(names.filter((name) => (manifest[name].secrets as string[]).includes('JWT_KEY')))(
  'in production %s refuses a signing key that can be guessed',
  (name) => {
    const given = environment(objectsOf('prod'), name);
    for (const key of ['JWT_KEY', ...(own[name] ?? [])])
      expect(() => configOf(`${name}/src/config.ts`, { ...given, [key]: 'asdf' })).toThrow(
        `${key}: a key is shorter than 32`,
      );
    expect(
      configOf(`${name}/src/config.ts`, { ...environment(objectsOf('dev'), name), JWT_KEY: 'asdf' }),
    ).toMatchObject({
      JWT_KEY: ['asdf'],
    });
  },
);

test.each(['dev', 'prod', 'hosted'])(
  '%s: a buyer has six open orders at most, a network twenty sign-ups an hour',
  (name) => {
    const settingsOf = (service: string) => configOf(`${service}/src/config.ts`, environment(objectsOf(name), service));
    expect(settingsOf('orders')).toMatchObject({ HOLDS_PER_BUYER: 6 });
    expect(settingsOf('auth')).toMatchObject({ SIGNUPS_PER_ADDRESS: 20 });
  },
);

test.each(['dev', 'prod'])('%s: passes have their own key', (name) => {
  const { JWT_KEY, PASS_KEY } = configOf('orders/src/config.ts', environment(objectsOf(name), 'orders'));
  expect(PASS_KEY).toEqual([expect.any(String)]);
  if (name === 'dev') expect(PASS_KEY).not.toEqual(JWT_KEY);
});

test.each(['JWT_KEY', 'JWT_SECRET'])('a secret made by hand may say %s', (key) => {
  const objects = objectsOf('dev').filter(({ metadata }) => metadata.name !== 'jwt-secret');
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'jwt-secret', namespace: 'ticketing' },
    stringData: { [key]: 'made by hand' },
  };
  expect(configOf('auth/src/config.ts', environment([...objects, secret], 'auth'))['JWT_KEY']).toEqual([
    'made by hand',
  ]);
});

test('in development, payments and the emulator share a secret, even if it contains only the key', () => {
  const byHand = structuredClone(objectsOf('dev'));
  named(byHand, 'Secret', 'stripe-secret')!.data = { STRIPE_KEY: Buffer.from('sk_test_by_hand').toString('base64') };
  for (const objects of [objectsOf('dev'), byHand]) {
    const payments = configOf('payments/src/config.ts', environment(objects, 'payments'));
    const emulator = configOf('infra/local/stripe/src/config.ts', environment(objects, 'stripe-emulator'));
    expect(payments['STRIPE_URL']).toBe('http://stripe-emulator-srv:12111');
    expect(emulator).toMatchObject({
      port: 12111,
      host: '0.0.0.0',
      publicUrl: 'https://ticketing.dev/stripe-emulator',
      webhook: {
        url: 'http://payments-srv:3000/api/payments/webhook',
        secret: (payments['STRIPE_WEBHOOK_SECRET'] as string[])[0],
      },
    });
  }
});

test('in production, payments talks to Stripe itself', () => {
  expect(configOf('payments/src/config.ts', environment(objectsOf('prod'), 'payments'))).not.toHaveProperty(
    'STRIPE_URL',
  );
});

test('pages call the services that the Ingress exposes', () => {
  jest.replaceProperty(process, 'env', environment(objectsOf('dev'), 'client'));
  const { apiUrl } = jest.requireActual<{ apiUrl(path: string): string }>(path.join(infra, '../client/lib/config.ts'));
  const apis = routesOf(objectsOf('dev')).filter(({ path }) => path.startsWith('/api/'));
  expect(apis.map(({ path }) => path)).toEqual(routed.flatMap((service) => manifest[service].routes));
  for (const { path, service, port } of apis) expect(apiUrl(`${path}/1`)).toBe(`http://${service}:${port}`);
});

test.each(['dev', 'prod', 'hosted'])('%s: the site states the settings that the services use', (name) => {
  const told = readMarket(environment(objectsOf(name), 'client')) as Record<string, unknown>;
  const goneBy = names.flatMap((service) =>
    Object.entries(configOf(`${service}/src/config.ts`, environment(objectsOf(name), service))),
  );
  for (const setting of Object.keys(marketConfig).filter((key) => key !== 'PRICE_CAP_PERCENT')) {
    const values = goneBy.filter(([key]) => key === setting).map(([, value]) => value);
    expect([setting, ...new Set(values)]).toEqual([setting, told[setting]]);
    expect(environment(objectsOf(name), 'client')).toHaveProperty(setting);
  }
  const currencies = goneBy.filter(([key]) => key === 'CURRENCY').map(([, value]) => value);
  expect(new Set(currencies)).toEqual(new Set([environment(objectsOf(name), 'client')['CURRENCY']]));
});

test('in production, the site says who runs it', () => {
  const [dev, prod] = [environment(objectsOf('dev'), 'client'), environment(objectsOf('prod'), 'client')];
  for (const name of ['OPERATOR_NAME', 'OPERATOR_ADDRESS', 'MAIL_SUPPORT']) {
    expect(prod[name]).toBeTruthy();
    expect(dev).not.toHaveProperty(name);
  }
});

test('the client has no secret but Stripe’s public key', () => {
  expect(Object.keys(environment(objectsOf('prod'), 'client')).filter((name) => /KEY|SECRET/.test(name))).toEqual([
    'STRIPE_PUBLISHABLE_KEY',
  ]);
});

test('every replica of a database is named in its address', () => {
  expect(configOf('auth/src/config.ts', environment(objectsOf('prod'), 'auth'))['MONGO_URI']).toBe(
    'mongodb://auth:of-AUTH@auth-mongo-0.auth-mongo-srv:27017,auth-mongo-1.auth-mongo-srv:27017,auth-mongo-2.auth-mongo-srv:27017/auth?replicaSet=rs0',
  );
});
