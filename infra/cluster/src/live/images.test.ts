import { deliveryOf } from './images';

const image = 'ticketing/orders:test-1';

it('a named registry receives the images, whatever the cluster', () => {
  expect(deliveryOf(image, 'kind-ci', 'localhost:5000')).toEqual({
    command: 'docker',
    args: ['push', '--quiet', image],
  });
});

it.each([
  ['kind-ci', { command: 'kind', args: ['load', 'docker-image', image, '--name', 'ci'] }],
  ['minikube', { command: 'minikube', args: ['--profile', 'minikube', 'image', 'load', image] }],
  ['docker-desktop', undefined],
])('%s has its own delivery', (context, delivery) => {
  expect(deliveryOf(image, context)).toEqual(delivery);
});

it('any other cluster needs a registry', () => {
  expect(() => deliveryOf(image, 'gke_shop')).toThrow('gke_shop is not known: set REGISTRY');
});
