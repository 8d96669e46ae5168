import path from 'node:path';
import { startStack, type Stack, type StackOptions } from './index';
import { environment, readSettings } from './config.cjs';
import { usesEmulator, usesMailbox } from './parts/blueprint';
import { terminalReporter } from './reporter.cjs';

const PARENT_CHECK_MS = 500;
/** npm forwards a Ctrl-C that the terminal also sends us: two this close together are one. */
const ONE_PRESS_MS = 500;

/**
 * Runs a stack in the terminal until Ctrl-C or SIGTERM, or until a part fails too often. A second Ctrl-C, while requests
 * in progress are completed, stops everything at once.
 */
export async function run(options: StackOptions): Promise<void> {
  const started = Date.now();
  const stop = new AbortController();
  const kill = new AbortController();
  stop.signal.addEventListener('abort', () => console.log('\nStopping …'));
  let firstPress = Infinity;
  process.on('SIGINT', () => {
    if (Date.now() - firstPress > ONE_PRESS_MS) kill.abort();
    firstPress = Math.min(firstPress, Date.now());
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  if (environment['npm_lifecycle_event']) onParentGone(() => stop.abort());
  const running = startStack({ ...options, reporter: terminalReporter }, stop.signal, kill.signal);
  const stack = await running.catch((error: unknown) => {
    if (stop.signal.aborted) return undefined;
    throw error;
  });
  if (!stack) return;
  console.log(welcome(stack, (Date.now() - started) / 1000));
  const failure = await stack.ended;
  if (failure) throw failure;
  console.log('Stopped.');
}

/** npm signals only the shell between itself and us: all we notice is that the shell ends. */
function onParentGone(stop: () => void): void {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stop(), PARENT_CHECK_MS).unref();
}

/** What is printed once all parts are ready. */
export function welcome(stack: Pick<Stack, 'url' | 'data' | 'part'>, seconds: number): string {
  const { url, data } = stack;
  const folder = path.relative('.', data) || '.';
  const cards = usesEmulator(readSettings())
    ? `Test cards  4242 4242 4242 4242 (tok_visa) pays, 4000 0000 0000 0002 (tok_chargeDeclined) is declined,
              4000 0000 0000 9995 (tok_chargeDeclinedInsufficientFunds) lacks funds,
              4000 0025 0000 3155 (pm_card_authenticationRequired) asks for 3-D Secure`
    : `Payments    go to Stripe with your STRIPE_KEY`;
  const mail = usesMailbox(readSettings())
    ? `http://localhost:${stack.part('mailbox').port} has all mail that is sent`
    : `goes to your SMTP_URL`;
  return `
  Ticketing is ready after ${seconds.toFixed(1)} s

  Open        ${url}
  ${cards}
  Mail        ${mail}
  Data        ${folder}/store      what runs: ${folder}/stack.json
  Logs        ${folder}/logs       one for each part
  Stop        Ctrl-C
`;
}
