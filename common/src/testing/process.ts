import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** `NODE_OPTIONS` that make Node.js run as if the machine's clock were that many milliseconds ahead. */
export const clockAhead = (ms: number) =>
  `--import=data:text/javascript,${encodeURIComponent(`
    const Real = Date;
    globalThis.Date = class Date extends Real {
      constructor(...given) { given.length > 0 ? super(...given) : super(Real.now() + ${ms}); }
      static now() { return Real.now() + ${ms}; }
    };`)}`;

/** Sets this process's own clock that many milliseconds ahead, until the returned function is called. */
export function setClockAhead(ms: number): () => void {
  const Real = Date;
  const now = () => Real.now() + ms;
  globalThis.Date = new Proxy(Real, {
    construct: (_real, given) => (given.length > 0 ? (Reflect.construct(Real, given) as Date) : new Real(now())),
    get: (_real, name) => (name === 'now' ? now : (Reflect.get(Real, name) as unknown)),
  });
  return () => void (globalThis.Date = Real);
}

/** Whether a request for `url` succeeds: its service may not have started yet, or be gone. */
export const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );

/**
 * A service as deployed: its compiled code, in its own process. `stop` kills it, or asks it to stop,
 * and resolves with its exit code.
 * @param src the folder of its sources
 * @param env where its servers are
 */
export function startProcess(src: string, env: Record<string, string>) {
  const child = spawn(process.execPath, [path.join(src, '../dist/index.js')], {
    env: { HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'warn', NATS_CLIENT_ID: 'wiring-1', ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const exited = once(child, 'exit');
  return {
    async stop(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL') {
      child.kill(signal);
      const [code] = (await exited) as [number | null];
      return code;
    },
  };
}
