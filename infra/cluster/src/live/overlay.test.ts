import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { imagesIn, objectsIn, renderAs, standIns, substitution, untagged } from './overlay';

const pod = (name: string, image: string) =>
  `kind: Deployment\nmetadata: { name: ${name} }\nspec: { template: { spec: { containers: [{ name: ${name}, image: "${image}" }] } } }\n`;

it('names each image once, and none for workloads without pods', () => {
  const manifests = [
    pod('b', 'mongo:7'),
    pod('a', 'shop/a:dev'),
    pod('c', 'mongo:7'),
    'kind: Service\nmetadata: { name: a }\n',
  ];
  expect(imagesIn(manifests.join('---\n'))).toEqual(['mongo:7', 'shop/a:dev']);
});

it.each([
  ['mongo', 'mongo'],
  ['mongo:7.0.28', 'mongo'],
  ['localhost:5000/shop/a', 'localhost:5000/shop/a'],
  ['localhost:5000/shop/a:dev', 'localhost:5000/shop/a'],
])('%s without its tag is %s', (image, name) => {
  expect(untagged(image)).toBe(name);
});

it('a substitute replaces the server it is named after', () => {
  const servers = { mongo: 'local/mongo:7', redis: undefined };
  expect(standIns(['docker.io/library/mongo:7.0.28', 'redis:7', 'shop/a:dev'], servers)).toEqual(
    new Map([['docker.io/library/mongo', 'local/mongo:7']]),
  );
});

it('kustomize gets a name and a tag', () => {
  const expected = { name: 'shop/a', newName: 'localhost:5000/shop/a', newTag: 'test-1' };
  expect(substitution(['shop/a', 'localhost:5000/shop/a:test-1'])).toEqual(expected);
});

it('renders a folder in its own namespace, with other images, and leaves no file behind', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'overlay-test-'));
  fs.writeFileSync(path.join(folder, 'Kustomization'), 'resources: [a.yaml]\n');
  fs.writeFileSync(path.join(folder, 'a.yaml'), `apiVersion: apps/v1\n${pod('a', 'shop/a:dev')}`);
  try {
    const rendered = await renderAs(folder, 'of-its-own', new Map([['shop/a', 'shop/a:test-1']]));
    expect(imagesIn(rendered)).toEqual(['shop/a:test-1']);
    expect(objectsIn(rendered)).toMatchObject([{ metadata: { name: 'a', namespace: 'of-its-own' } }]);
    expect(fs.readdirSync(os.tmpdir()).filter((name) => name.startsWith('ticketing-overlay-'))).toEqual([]);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});
