import fs from 'node:fs';
import path from 'node:path';
import { names, needing } from '@ticketing/local';
import { parse } from 'yaml';
import { readWorkflow, root } from './workflows';

/** Third-party images: which ones run, where they are named, and that they are scanned and updated. */

const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');
const filesIn = (folder: string) =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => path.join(folder, file))
    .filter((file) => /\.yaml$|Dockerfile$|Kustomization$/.test(file));

/** Each third-party image with the file that names it. */
const named = ['infra/docker', 'infra/k8s', 'infra/k8s-dev', 'infra/k8s-prod', 'infra/skaffold']
  .flatMap(filesIn)
  .flatMap((file) => {
    const text = read(file);
    const pattern = /(?:\bimage: ['"]?|ARG BASE_IMAGE=|\$\{\w+_IMAGE:-)([\w./-]+(?:[:@][\w.:-]+)?)/g;
    return [...text.matchAll(pattern)].map(([, image = '']) => ({ file, image }));
  })
  .filter(({ image }) => !image.startsWith('ticketing/'));
const images = [...new Set(named.map(({ image }) => image))];

test('covers the servers, the proxy and the base of our images', () => {
  const names = images.map((image) => image.split(/[:@]/)[0]).sort();
  expect(names).toEqual(['mongo', 'nats-streaming', 'nginx', 'node', 'redis']);
});

test('each image is pinned to one release, the same everywhere', () => {
  expect(named.filter(({ image }) => !/:\d+\.\d+\.\d+(-\w+)?(@sha256:[0-9a-f]{64})?$/.test(image))).toEqual([]);
});

test('each image is scanned', () => {
  expect([...(readWorkflow('images').jobs['foreign']?.strategy?.matrix['image'] as string[])].sort()).toEqual(
    [...images].sort(),
  );
});

test('MongoDB is a supported version whose zlib decoder does not leak memory (CVE-2025-14847)', () => {
  const first: Record<string, number> = { '7.0': 28, '8.0': 17 };
  const [, release = '', patch] =
    /^mongo:(\d+\.\d+)\.(\d+)/.exec(images.find((image) => image.startsWith('mongo:')) ?? '') ?? [];
  expect(Object.keys(first)).toContain(release);
  expect(Number(patch)).toBeGreaterThanOrEqual(first[release] ?? NaN);
});

test('no mongod is started with zlib or slow query logs', () => {
  const starting = [...filesIn('infra/docker'), ...filesIn('infra/k8s')]
    .map((file) => ({ file, text: read(file) }))
    .filter(({ text }) => /\bmongod\b.*\n?.*--/.test(text));
  expect(starting.map(({ file }) => path.basename(file)).sort()).toEqual(
    ['compose.yaml', ...needing('mongo').map((service) => `${service}-mongo.yaml`)].sort(),
  );
  for (const { text } of starting) {
    expect(text).toMatch(/--networkMessageCompressors[ =]snappy,zstd/);
    expect(text).toMatch(/--slowms[ =]2147483647/);
  }
});

test('services run with the heap size that their limits are tested with', () => {
  const files = [
    ...['infra/docker/service.Dockerfile', 'infra/docker/compose.yaml', 'infra/local/src/parts/services.ts'],
    ...['common/src/stream.heap.test.ts', ...names.map((name) => `${name}/package.json`)],
  ];
  for (const file of files) {
    const flags = read(file).match(/--max-\w+-space-size=\d+/g);
    expect([file, [...new Set(flags)].sort()]).toEqual([file, ['--max-old-space-size=96', '--max-semi-space-size=8']]);
  }
});

const { updates } = parse(read('.github/dependabot.yml')) as {
  updates: { 'package-ecosystem': string; directory?: string; directories?: string[] }[];
};

test('Dependabot watches every file that names an image', () => {
  const looked = updates
    .filter((update) => update['package-ecosystem'].startsWith('docker'))
    .flatMap(({ directory, directories = [] }) => [...directories, ...(directory ? [directory] : [])]);
  const folders = new Set(named.map(({ file }) => `/${path.dirname(file)}`));
  expect([...folders].filter((folder) => !looked.includes(folder))).toEqual([]);
});

test('Dependabot watches the image of the devcontainer, and its features', () => {
  const { build, image, features } = JSON.parse(read('.devcontainer/devcontainer.json')) as {
    build?: { dockerfile: string };
    image?: string;
    features: Record<string, object>;
  };
  // It updates features there, but no image.
  expect(image).toBeUndefined();
  expect(read(path.join('.devcontainer', build?.dockerfile ?? ''))).toMatch(/^FROM \S+:\d/m);
  expect(updates.find((update) => update['package-ecosystem'] === 'docker')?.directories).toContain('/.devcontainer');
  expect(Object.keys(features).length).toBeGreaterThan(0);
  expect(updates).toContainEqual(expect.objectContaining({ 'package-ecosystem': 'devcontainers', directory: '/' }));
});
