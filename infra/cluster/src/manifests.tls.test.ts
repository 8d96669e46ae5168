import fs from 'node:fs';
import { ofKind } from './manifests/kube';
import { infra, parse, render } from './manifests/render';

test('every host of an Ingress has a certificate', async () => {
  const ingresses = ofKind(await render(`${infra}/k8s-dev`), 'Ingress');
  expect(ingresses.length).toBeGreaterThan(0);
  for (const { spec } of ingresses) {
    expect(spec.tls.flatMap(({ hosts }) => hosts)).toEqual(spec.rules.map(({ host }) => host));
    for (const { secretName } of spec.tls) expect(secretName).toBe('ticketing-tls');
  }
});

interface Gateway {
  kind: string;
  spec: {
    listeners?: { name: string; protocol: string; tls?: { certificateRefs: object[] } }[];
    parentRefs?: { sectionName: string }[];
    rules?: { filters?: { type: string; requestRedirect?: { scheme: string } }[] }[];
  };
}

test('a Gateway serves everything by HTTPS, and leads there from HTTP', () => {
  const objects = parse(fs.readFileSync(`${infra}/k8s-gateway/gateway.yaml`, 'utf8')) as unknown as Gateway[];
  const listeners = objects.flatMap(({ spec }) => spec.listeners ?? []);
  expect(listeners.filter(({ tls }) => !tls).map(({ name }) => name)).toEqual(['http']);
  const plain = objects.filter(({ spec }) => spec.parentRefs?.some(({ sectionName }) => sectionName !== 'https'));
  expect(plain.length).toBe(1);
  for (const { spec } of plain)
    for (const { filters = [] } of spec.rules ?? [])
      expect(filters.map(({ type, requestRedirect }) => [type, requestRedirect?.scheme])).toEqual([
        ['RequestRedirect', 'https'],
      ]);
});
