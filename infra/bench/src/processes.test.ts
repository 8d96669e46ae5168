import { cpuMs, parseCpuTicks, parseResidentMb, residentMb } from './processes';

const stat = '4242 (tmux: a (b) c) S 1 4242 4242 0 -1 4194304 900 0 3 0 71 29 5 6 20 0 11 0 100 0 0';

test('CPU is user and system time, without that of children', () => {
  expect(parseCpuTicks(stat)).toBe(100);
  expect(() => parseCpuTicks('nonsense')).toThrow(/No CPU times in "nonsense"/);
});

test('resident memory is in MB', () => {
  expect(parseResidentMb('Name:\tnode\nVmHWM:\t  999999 kB\nVmRSS:\t  146484 kB\n')).toBeCloseTo(150, 1);
  expect(() => parseResidentMb('Name:\tnode\nState:\tZ (zombie)\n')).toThrow(/has ended/);
});

test('a running process has both', () => {
  const before = cpuMs(process.pid);
  const until = process.cpuUsage().user + 100_000;
  while (process.cpuUsage().user < until);
  expect(cpuMs(process.pid) - before).toBeGreaterThan(50);
  expect(residentMb(process.pid)).toBeGreaterThan(10);
});
