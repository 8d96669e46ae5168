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
export { bareMachine } from './servers/bareMachine';
export { findProgram, findServer, goProgram } from './servers/index.cjs';
export type { ServerName } from './servers/index.cjs';
export { operatorUri, secretOf } from './secrets';
export { workspaces } from './workspaces.cjs';
export { manifest, names, needing, routed } from './services.cjs';
export type { PartStatus } from './part';
export type { Service } from './parts/blueprint';
export type { Stack } from './stack';

/** A stack's options. */
export interface StackOptions {
  /** Folder for its databases, streams and logs. */
  data: string;
  /** The proxy's port; 0 or none picks a free one. */
  port?: number;
  /** Deletes an earlier stack's data in the folder. */
  fresh?: boolean;
  /** Processes per service; default 1. */
  replicas?: number;
  /** Adds sample sellers and tickets. */
  demo?: boolean;
  /** Adds that many generated tickets. */
  fill?: number;
  /** Runs services and client from source, with live reload. */
  dev?: boolean;
  /** Settings, such as `ORDER_WINDOW_SECONDS`, for all parts; they override the environment and `.env`. */
  env?: NodeJS.ProcessEnv;
  /** The server programs, if they are already being located. */
  servers?: Promise<Record<StackServer, string>>;
  /** Progress output; default: none. */
  reporter?: Reporter;
}

/**
 * Starts a stack of compiled services and waits until it is ready.
 * @param signal stops it, also during startup
 * @param kill stops everything at once, whatever is in progress
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
      '--port N (0: any free one)',
  );
}
