import { spawn } from 'node:child_process';
import type { Kubectl } from './kubectl';

const OPEN_WITHIN_MS = 30_000;

/** A loopback port of this machine forwarded to one of a pod, past all policies: the pod sees its own loopback. */
export interface Forward {
  url: string;
  close(): void;
}

/** @throws Error with kubectl's output, if the port is not open after half a minute */
export function forward(kubectl: Kubectl, target: string, port: number): Promise<Forward> {
  const args = ['-n', kubectl.namespace, 'port-forward', '--address', '127.0.0.1', target, `:${port}`];
  const child = spawn('kubectl', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const close = () => void child.kill();
  return new Promise((resolve, reject) => {
    let said = '';
    const fail = (reason: string) => {
      clearTimeout(late);
      close();
      reject(new Error(`Cannot forward to ${target}, port ${port}: ${reason} ${said}`));
    };
    const late = setTimeout(() => fail('kubectl port-forward printed nothing'), OPEN_WITHIN_MS);
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      const local = /Forwarding from 127\.0\.0\.1:(\d+)/.exec(said)?.[1];
      if (!local) return;
      clearTimeout(late);
      resolve({ url: `http://127.0.0.1:${local}`, close });
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', (error) => fail(error.message));
    child.once('exit', () => fail('kubectl port-forward ended:'));
  });
}

/** Opens several at once for as long as some work takes. */
export async function withForwards<T>(opening: Promise<Forward>[], work: (urls: string[]) => Promise<T>): Promise<T> {
  const opened = await Promise.allSettled(opening);
  const forwards = opened.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  try {
    const failed = opened.find((each) => each.status === 'rejected');
    if (failed) throw failed.reason;
    return await work(forwards.map(({ url }) => url));
  } finally {
    for (const { close } of forwards) close();
  }
}
