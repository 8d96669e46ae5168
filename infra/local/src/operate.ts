import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { readSettings, root } from './config.cjs';
import { dataAt } from './data';
import type { Service } from './parts/blueprint';
import { serviceEnv } from './parts/services';
import { names } from './services.cjs';

const USAGE = `Usage: npm run operate -- [--data DIR] SERVICE COMMAND ..., such as: auth staff add you@example.com
Services: ${names.join(', ')}. Their READMEs list their commands.`;

/** What is read from `stack.json`: the proxy's URL, and the ports of the parts. */
function notesOf(data: string): { url: string; ports: Record<string, number> } {
  const read = (file: string) => JSON.parse(fs.readFileSync(path.join(data, file), 'utf8')) as unknown;
  if (!fs.existsSync(path.join(data, 'stack.json')))
    throw new Error(`No stack runs on ${data}: run npm start, or give its folder with --data`);
  return { url: (read('stack.json') as { url: string }).url, ports: read('ports.json') as Record<string, number> };
}

/**
 * Runs a command of a service, such as `staff` of auth, for the stack that `npm start` runs, with the service's
 * addresses, passwords and keys.
 * @returns the command's exit code
 * @throws Error for the user: the usage, or that no stack is running
 */
export async function operate(args: string[]): Promise<number> {
  const [data, [name, ...command]] = args[0] === '--data' ? [args[1] ?? '', args.slice(2)] : ['.local', args];
  const service = names.find((each): each is Service => each === name);
  if (!service || command.length === 0) throw new Error(USAGE);
  const { url, ports } = notesOf(path.resolve(root, data));
  const [settings, folder] = [readSettings(), dataAt(path.resolve(root, data))];
  const env = {
    ...settings,
    ...serviceEnv({ folder, settings, ports, proxyPort: Number(new URL(url).port) }, service),
    NATS_CLIENT_ID: `${service}-command`,
  };
  const child = spawn(process.execPath, [path.join(root, service, 'dist/index.js'), ...command], {
    env,
    stdio: 'inherit',
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
