import fs from 'node:fs';
import path from 'node:path';
import { apiRoutes } from '@ticketing/common/contract/openapi';
import { manifest, routed } from '@ticketing/local';
import { root } from './workflows';

/** The description of the API has every route that a service answers, and no other. */

interface Layer {
  handle: { stack?: Layer[] };
  route?: { path: string | string[]; methods: Record<string, boolean> };
}

/** Stands in for the routers' dependencies: none is called before a request arrives. */
function anything(): object {
  const known: Record<string | symbol, unknown> = { deliveryKeys: ['a key'], barcodeKey: 'a key', then: undefined };
  return new Proxy(() => undefined, {
    get: (_target, name) => (name in known ? known[name] : anything()),
    apply: () => (_req: unknown, _res: unknown, next: () => void) => next(),
  });
}

/** `get /api/orders/{}`: parameter names do not matter, and HEAD is a GET without its body. */
const plain = (method: string, address: string) =>
  `${method.replace('head', 'get')} ${address.replace(/\{\w+\}|:\w+/g, '{}')}`;

const served = (stack: Layer[]): string[] =>
  stack.flatMap(({ route, handle }) =>
    route
      ? [route.path].flat().flatMap((address) => Object.keys(route.methods).map((method) => plain(method, address)))
      : served(handle.stack ?? []),
  );

/** The routes of a service's own router, and those for the support desk, if the desk reaches it. */
function servedBy(name: (typeof routed)[number]): string[] {
  let stack: Layer[] = [];
  // Each service gets its own mongoose: two may have models of the same name.
  jest.isolateModules(() => {
    const { routes } = jest.requireActual<{ routes(...parts: object[]): { stack: Layer[] } }>(
      path.join(root, name, 'src/routes.ts'),
    );
    const { supportRoutes } = jest.requireActual<{
      supportRoutes(base: string, ...parts: object[]): { stack: Layer[] };
    }>(path.join(root, 'common/src/support.ts'));
    const parts = Array.from({ length: routes.length }, anything);
    const isForDesk = fs.readFileSync(path.join(root, name, 'src/index.ts'), 'utf8').includes('support: {');
    stack = [
      ...routes(...parts).stack,
      ...(isForDesk ? manifest[name].routes : []).flatMap((base) => supportRoutes(base, anything(), anything()).stack),
    ];
  });
  return served(stack);
}

test.each(routed)('every route of %s is described, and every described one exists', (name) => {
  const described = apiRoutes
    .filter(({ path: address }) => manifest[name].routes.some((base) => `${address}/`.startsWith(`${base}/`)))
    .flatMap(({ method, path: address, aliases = [] }) => [address, ...aliases].map((each) => plain(method, each)));
  expect([...new Set(servedBy(name))].sort()).toEqual([...new Set(described)].sort());
});
