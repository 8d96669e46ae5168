import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { deadline } from './deadline';

const aborted = (signal: AbortSignal) => new Promise((resolve) => signal.addEventListener('abort', resolve));

let collecting: NodeJS.Timeout | undefined;
afterEach(() => clearInterval(collecting));

it('aborts in time, though garbage is collected meanwhile', async () => {
  setFlagsFromString('--expose_gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const over = aborted(deadline(300, new AbortController().signal));
  collecting = setInterval(collectGarbage, 20);
  await over;
});

it('aborts with its caller, before or after', async () => {
  const caller = new AbortController();
  const signal = deadline(60_000, caller.signal);
  const over = aborted(signal);
  caller.abort('gone');
  await over;
  expect(signal.reason).toBe('gone');
  expect(deadline(60_000, caller.signal).reason).toBe('gone');
});
