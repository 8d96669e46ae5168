import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import lock from '../lock.cjs';
import { root } from './config.cjs';
import { runToEnd } from './command.cjs';
import type { Reporter } from './reporter.cjs';

const client = path.join(root, 'client');
const stamp = path.join(client, '.next/built-from');
const inputs = [client, path.join(root, 'common/src/contract'), path.join(root, 'package-lock.json')];
const outputs = ['.next', 'node_modules', 'next-env.d.ts'];
const BUILD_WITHIN_MS = 10 * 60_000;

/** Builds the site for production, unless an up-to-date build exists. */
export async function buildClient(reporter: Reporter, log: string): Promise<void> {
  const waiting = () => reporter.say('  … another stack is building the client');
  await lock.withLock(path.join(root, '.cache/client.lock'), waiting, async () => {
    const hash = hashOf(inputs);
    if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === hash) return;
    await reporter.step('Building the client', async () => {
      fs.rmSync(stamp, { force: true });
      const next = path.join(root, 'node_modules/next/dist/bin/next');
      await runToEnd(process.execPath, [next, 'build', 'client'], {
        cwd: root,
        env: { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
        timeoutMs: BUILD_WITHIN_MS,
        log,
      });
    });
    fs.writeFileSync(stamp, hash);
  });
}

function hashOf(places: string[]): string {
  const hash = createHash('sha256');
  for (const file of places.flatMap(filesIn)) hash.update(path.relative(root, file)).update(fs.readFileSync(file));
  return hash.digest('hex');
}

function filesIn(place: string): string[] {
  if (!fs.statSync(place).isDirectory()) return [place];
  const names = fs.readdirSync(place).filter((name) => !outputs.includes(name));
  return names.sort().flatMap((name) => filesIn(path.join(place, name)));
}
