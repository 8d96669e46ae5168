import { buildClient } from './client-build';
import { readSettings } from './config.cjs';
import { openData } from './data';
import { fillIn, fillMarket } from './demo/fill';
import { planParts } from './parts';
import { proxyUrl, portNames, type Blueprint } from './parts/blueprint';
import { choosePorts, findFreePort, isFree } from './ports';
import { silentReporter, type Reporter } from './reporter.cjs';
import { findServers, type StackServer } from './servers/index.cjs';
import { launch, type Stack, type StackPlan } from './stack';

export { findFreePort } from './ports';
export { findProgram, findServer, goProgram } from './servers/index.cjs';
export type { ServerName } from './servers/index.cjs';
export { operatorUri, secretOf } from './secrets';
export { rooms } from './rooms.cjs';
export { manifest, names, needing, routed } from './services.cjs';
export type { PartStatus } from './part';
export type { Service } from './parts/blueprint';
export type { Stack } from './stack';

/** What a stack is to be like. */
export interface StackOptions {
  /** The folder for its databases, streams and logs. */
  data: string;
  /** The proxy's port; 0, as without one, takes a free one. */
  port?: number;
  /** Deletes what an earlier stack stored in the folder. */
  fresh?: boolean;
  /** How many processes each service has; 1 unless set. */
  replicas?: number;
  /** Fills in sellers and tickets. */
  demo?: boolean;
  /** Fills in that many invented tickets. */
  fill?: number;
  /** Runs services and client from their sources, reloading on change. */
  dev?: boolean;
  /** Settings of its own, like `ORDER_WINDOW_SECONDS`, for all parts; they overrule the environment and `.env`. */
  env?: NodeJS.ProcessEnv;
  /** The server programs, where they are being looked for already. */
  servers?: Promise<Record<StackServer, string>>;
  /** Where it tells what it does; nowhere unless set. */
  reporter?: Reporter;
}

/**
 * Starts a stack of compiled services and waits until it is ready.
 * @param signal stops it, also while it is starting
 * @param kill ends all at once, whatever is under way
 * @throws Error that names what is missing, failing or late; nothing is left running then
 */
export async function startStack(options: StackOptions, signal?: AbortSignal, kill?: AbortSignal): Promise<Stack> {
  const plan = await planStack(options);
  const stack = await plan.reporter.step(`Starting ${plan.parts.length} parts`, () => launch(plan, signal, kill));
  try {
    const { demo, fill } = options;
    if (demo) await plan.reporter.step('Filling in sellers and tickets', () => fillIn(stack.url));
    if (fill) await plan.reporter.step(`Filling in ${fill} invented tickets`, () => fillMarket(stack.url, fill));
    return stack;
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

async function planStack(options: StackOptions): Promise<StackPlan> {
  const { reporter = silentReporter, replicas = 1, dev = false } = options;
  const folder = await openData(options.data, options.fresh);
  try {
    const [servers] = await Promise.all([
      options.servers ?? findServers(reporter),
      dev || buildClient(reporter, folder.logOf('client-build')),
    ]);
    const ports = await choosePorts(folder.portsFile, portNames(replicas));
    const proxyPort = await chooseProxyPort(options.port ?? 0);
    const settings = readSettings(options.env);
    const blueprint: Blueprint = { folder, settings, servers, ports, proxyPort, replicas, dev };
    return { url: proxyUrl(blueprint), parts: planParts(blueprint), folder, reporter };
  } catch (error) {
    folder.release();
    throw error;
  }
}

async function chooseProxyPort(wanted: number): Promise<number> {
  if (wanted === 0) return findFreePort();
  if ((await isFree(wanted)) && (await isFree(wanted, '::1'))) return wanted;
  throw new Error(
    `Port ${wanted} is taken: stop what listens there (lsof -i :${wanted} names it), or choose another port with ` +
      '--port N (0 takes a free one)',
  );
}
