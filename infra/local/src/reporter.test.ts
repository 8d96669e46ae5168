import { terminalReporter } from './reporter.cjs';

let said: string[];
beforeEach(() => {
  said = [];
  jest.spyOn(console, 'log').mockImplementation((text: string) => void said.push(text));
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

/** Work that lasts until the test completes it. */
function lasting() {
  let [end, fail] = [() => {}, (_error: Error) => {}];
  const work = new Promise<void>((resolve, reject) => ([end, fail] = [resolve, reject]));
  return { work: () => work, end, fail };
}

test('reports parallel steps when they start, every ten seconds, and how they ended', async () => {
  const [packages, server] = [lasting(), lasting()];
  const steps = [
    terminalReporter.step('Installing packages', packages.work),
    terminalReporter.step('Fetching a server', server.work),
  ];
  expect(said.splice(0)).toEqual(['  … Installing packages', '  … Fetching a server']);
  jest.advanceTimersByTime(10_000);
  expect(said.splice(0)).toEqual([
    '    still at it after 10 s: Installing packages',
    '    still at it after 10 s: Fetching a server',
  ]);
  packages.end();
  await steps[0];
  jest.advanceTimersByTime(10_000);
  expect(said.splice(0)).toEqual(['  ✓ Installing packages (10.0 s)', '    still at it after 20 s: Fetching a server']);
  server.fail(new Error('no network'));
  await expect(steps[1]).rejects.toThrow('no network');
  jest.advanceTimersByTime(60_000);
  expect(said).toEqual(['  ✗ Fetching a server (20.0 s)']);
});
