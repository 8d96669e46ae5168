import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import lock from '../lock.cjs';

// A shell, because every system has one and it takes 1 MB. Parts get as long to stop as in an orderly stop. Each line it
// reads lists the live process groups; input that ends without an empty line means that the stack was killed.
const SCRIPT = `
while read -r line; do groups=$line; done
for group in $groups; do kill -s TERM -- "-$group"; done 2>/dev/null
second=0
while [ "$second" -lt 50 ]; do
  left=
  for group in $groups; do kill -s 0 -- "-$group" && left=1; done 2>/dev/null
  [ -z "$left" ] && break
  sleep 1
  second=$((second + 1))
done
for group in $groups; do kill -s KILL -- "-$group"; done 2>/dev/null
[ -z "$groups" ] || rm -f "$1"
`;

/** A small process that outlives the stack's, and stops the parts if the stack was killed. */
export interface Guard {
  /** Reports the live processes. */
  watch(pids: number[]): void;
  release(): Promise<void>;
}

/**
 * Starts a stack's guard.
 * @param note file with the guard's identity, so that the next start can wait for it to finish
 * @param stackFile removed by the guard once it has stopped the parts
 */
export function startGuard(note: string, stackFile: string): Guard {
  const child = spawn('sh', ['-c', SCRIPT, 'guard', stackFile], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.stdin.on('error', () => undefined);
  fs.writeFileSync(note, lock.identify(child.pid ?? 0) ?? '');
  return {
    watch: (pids) => void child.stdin.write(`${pids.join(' ')}\n`),
    async release() {
      const exit = once(child, 'exit');
      child.stdin.end('\n');
      if (child.exitCode === null && child.signalCode === null) await exit;
      fs.rmSync(note, { force: true });
    },
  };
}

/** Waits until a killed stack's guard has stopped its parts. */
export async function untilGuardEnds(note: string): Promise<void> {
  while (fs.existsSync(note) && lock.isAlive(fs.readFileSync(note, 'utf8'))) await sleep(100);
}
