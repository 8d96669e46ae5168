import fs from 'node:fs';
import path from 'node:path';
import { needing } from '@ticketing/local';
import { Copy } from './manifests/testing';
import type { KubeObject } from './manifests/kube';
import { infra, render } from './manifests/render';
import { rules } from './manifests/rules';

const copy = new Copy();
const renderings = new Map<string, KubeObject[]>();
const rendered = (name: string) => renderings.get(name) ?? [];

beforeAll(async () => {
  copy.fillIn();
  const [hosted, gateway] = [new Copy(), new Copy()];
  hosted.fillIn();
  gateway.fillIn();
  gateway.edit('k8s-prod', /# - \.\.\/k8s-gateway.*/, '- ../k8s-gateway');
  hosted.edit('k8s-prod', /- replica-sets.*/, '- hosted-mongo');
  try {
    renderings.set('base', await render(copy.at('k8s')));
    renderings.set('dev', await render(copy.at('k8s-dev')));
    renderings.set('prod', await render(copy.at('k8s-prod')));
    renderings.set('gateway', await render(gateway.at('k8s-prod')));
    renderings.set('hosted', await render(hosted.at('k8s-prod')));
  } finally {
    hosted.remove();
    gateway.remove();
  }
});
afterAll(() => copy.remove());

describe.each(['base', 'dev', 'prod', 'gateway', 'hosted'])('%s', (name) => {
  test.each(Object.keys(rules))('%s', (rule) => {
    expect(rendered(name).length).toBeGreaterThan(0);
    expect(rules[rule]?.(rendered(name))).toEqual([]);
  });
});

test('databases differ only in their names: what is tested with one holds for all', () => {
  const [first = '', ...others] = needing('mongo').map((name) =>
    fs.readFileSync(path.join(infra, 'k8s', `${name}-mongo.yaml`), 'utf8').replaceAll(name, 'NAME'),
  );
  for (const other of others) expect(other).toBe(first);
  expect(others.length).toBeGreaterThan(2);
});
