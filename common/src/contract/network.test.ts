import { networkOf, siteOf } from './network';

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['2001:db8::1]/x[', '2001:db8::1]/x['],
  ['2001:db8', '2001:db8'],
  ['', ''],
  ['x'.repeat(100), 'x'.repeat(64)],
])('%s belongs to %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test('an unknown address belongs to no network', () => {
  expect(networkOf(undefined)).toBe('');
});

test.each([
  ['2001:db8:1:2::/64', '2001:db8:1::/48'],
  ['2001:db8:0:0::/64', '2001:db8:0::/48'],
  ['192.0.2.7', undefined],
  ['2001:db8:1:2', undefined],
  ['', undefined],
])('%s is part of %s', (network, site) => {
  expect(siteOf(network)).toBe(site);
});
