import { strengthOf } from './strength';

it.each([
  ['', 'weak'],
  ['short', 'weak'],
  ['aaaaaaaaaaaaaaaaaaaa', 'weak'],
  ['x7#kQ2pL', 'fair'],
  ['correct horse battery', 'strong'],
] as const)('"%s" looks %s', (password, strength) => {
  expect(strengthOf(password)).toBe(strength);
});
