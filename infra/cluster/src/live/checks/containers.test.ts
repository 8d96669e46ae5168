import { problemsOf, read } from './containers';

const GOOD = `Uid:\t1000\t1000\t1000\t1000
CapBnd:\t0000000000000000
CapEff:\t0000000000000000
NoNewPrivs:\t1
Seccomp:\t2
Root: ro,relatime,lowerdir=/a
Touch: Read-only file system
`;

it('a container with only what it needs has no problem', () => {
  expect(problemsOf(read(GOOD))).toEqual([]);
});

it.each([
  ['Uid:\t1000', 'Uid:\t0', 'runs as root'],
  ['CapEff:\t0000000000000000', 'CapEff:\t00000000a80425fb', 'has capabilities (00000000a80425fb, 0000000000000000)'],
  ['CapBnd:\t0000000000000000', 'CapBnd:\t0000000000000400', 'has capabilities (0000000000000000, 0000000000000400)'],
  ['NoNewPrivs:\t1', 'NoNewPrivs:\t0', 'may gain privileges'],
  ['Seccomp:\t2', 'Seccomp:\t0', 'has no seccomp filter'],
  ['Root: ro', 'Root: rw', 'can write to its root file system (rw, Read-only file system)'],
  ['Touch: Read-only file system', 'Touch: done', 'can write to its root file system (ro, done)'],
])('%s is fine, %s is not', (right, wrong, problem) => {
  expect(problemsOf(read(GOOD.replace(right, wrong)))).toEqual([problem]);
});

it('a cluster token is a problem', () => {
  expect(problemsOf(read(`${GOOD}Token: mounted\n`))).toEqual(['has a token of the cluster']);
});

it('a container that reports nothing does not pass', () => {
  expect(problemsOf(read(''))).toHaveLength(5);
});
