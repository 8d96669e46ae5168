import { setTimeout as sleep } from 'node:timers/promises';
import type { Service, Stack } from '@ticketing/local';
import { cpuMs } from './processes';

/** Equivalent origins, as `http://host:port`. */
export type Origins = [string, ...string[]];

/** The measured system. */
export interface Target {
  /** A service's origins: one per replica, or one for the whole system. */
  origins(service: Service): Origins;
  /** Waits until no work is left over from earlier actions. */
  untilQuiet(): Promise<void>;
  /** Our own stack, if it is one: only then can its processes be inspected. */
  stack?: Stack;
}

const QUIET_WITHIN_MS = 60_000;
const QUIET_SAMPLE_MS = 400;
const QUIET_CPU = 0.15;

/** A system known only by its URL. It gets a second to become idle. */
export function remoteTarget(url: string): Target {
  return { origins: () => [url], untilQuiet: () => sleep(1_000) };
}

/** Our own stack; each service on its own ports, unless everything goes through its proxy. */
export function stackTarget(stack: Stack, throughProxy: boolean): Target {
  return {
    stack,
    origins: (service) => (throughProxy ? [stack.url] : serviceOrigins(stack, service)),
    async untilQuiet() {
      const deadline = performance.now() + QUIET_WITHIN_MS;
      while ((await cpuShare(stack)) > QUIET_CPU) {
        if (performance.now() > deadline)
          throw new Error('The stack is still busy a minute after the last request: see its logs');
      }
    },
  };
}

/** The replicas of a service, as origins. */
export function serviceOrigins(stack: Stack, service: Service): Origins {
  const [first, ...others] = partsOf(stack, service).map(({ port }) => `http://127.0.0.1:${port}`);
  if (!first) throw new Error(`The stack has no part named ${service}`);
  return [first, ...others];
}

/** The parts that are replicas of a service: `orders`, or `orders-1`, `orders-2` … */
export function partsOf(stack: Stack, service: Service): Stack['parts'] {
  return stack.parts.filter(({ name }) => name.replace(/-\d+$/, '') === service);
}

/** The processes of a stack's parts, by their names. */
export function pidsOf(stack: Stack): Record<string, number> {
  const living = stack.parts.flatMap(({ name, pid }) => (pid ? [[name, pid] as const] : []));
  return Object.fromEntries(living);
}

/** Total CPU use of all parts, in cores, over a short interval from now. */
async function cpuShare(stack: Stack): Promise<number> {
  const total = () => Object.values(pidsOf(stack)).reduce((sum, pid) => sum + cpuMs(pid), 0);
  const [before, started] = [total(), performance.now()];
  await sleep(QUIET_SAMPLE_MS);
  return (total() - before) / (performance.now() - started);
}
