import fs from 'node:fs';
import path from 'node:path';
import { names, needing } from '@ticketing/local';
import { parse } from 'yaml';
import { readWorkflow, root } from './workflows';

/** Third-party images: which ones run, where they are named, and that they are scanned and updated. */

const filesIn = (folder: string) =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => path.join(folder, file))
    .filter((file) => /\.yaml$|Dockerfile$|Kustomization$/.test(file));

/** Each third-party image with the file that names it. */
const named = ['infra/docker', 'infra/k8s', 'infra/k8s-dev', 'infra/k8s-prod', 'infra/skaffold']
  .flatMap(filesIn)
  .flatMap((file) => {
    const text = fs.readFileSync(path.join(root, file), 'utf8');
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
    .map((file) => ({ file, text: fs.readFileSync(path.join(root, file), 'utf8') }))
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
    const flags = fs.readFileSync(path.join(root, file), 'utf8').match(/--max-\w+-space-size=\d+/g);
    expect([file, [...new Set(flags)].sort()]).toEqual([file, ['--max-old-space-size=96', '--max-semi-space-size=8']]);
  }
});

test('Dependabot watches every file that names an image', () => {
  const { updates } = parse(fs.readFileSync(path.join(root, '.github/dependabot.yml'), 'utf8')) as {
    updates: { 'package-ecosystem': string; directory?: string; directories?: string[] }[];
  };
  const looked = updates
    .filter((update) => update['package-ecosystem'].startsWith('docker'))
    .flatMap(({ directory, directories = [] }) => [...directories, ...(directory ? [directory] : [])]);
  const folders = new Set(named.map(({ file }) => `/${path.dirname(file)}`));
  expect([...folders].filter((folder) => !looked.includes(folder))).toEqual([]);
});
