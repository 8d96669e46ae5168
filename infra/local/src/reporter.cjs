const HEARTBEAT_MS = 10_000;

/**
 * Where a stack reports its progress: `step` reports that something has started, and how long it took or that it failed.
 * Steps may run in parallel.
 * @typedef {{ say(text: string): void, step<T>(title: string, work: () => Promise<T>): Promise<T> }} Reporter
 */

/** @type {Map<string, number>} */
const running = new Map();
/** @type {NodeJS.Timeout | undefined} */
let heartbeat;

/** @param {number} started */
const secondsSince = (started) => ((Date.now() - started) / 1000).toFixed(1);

function tellWhatRuns() {
  for (const [title, started] of running) {
    console.log(`    still at it after ${secondsSince(started).replace(/\..*/, '')} s: ${title}`);
  }
}

/**
 * Lines for a person at a terminal. Every ten seconds it names the steps still in progress.
 * @type {Reporter}
 */
const terminalReporter = {
  say: (text) => console.log(text),
  async step(title, work) {
    const started = Date.now();
    /** @param {string} mark */
    const ended = (mark) => console.log(`  ${mark} ${title} (${secondsSince(started)} s)`);
    console.log(`  … ${title}`);
    running.set(title, started);
    heartbeat ??= setInterval(tellWhatRuns, HEARTBEAT_MS).unref();
    try {
      const result = await work();
      ended('✓');
      return result;
    } catch (error) {
      ended('✗');
      throw error;
    } finally {
      running.delete(title);
      if (running.size === 0) {
        clearInterval(heartbeat);
        heartbeat = undefined;
      }
    }
  },
};

/**
 * For tests, whose own output is enough.
 * @type {Reporter}
 */
const silentReporter = { say: () => undefined, step: (_title, work) => work() };

module.exports = { terminalReporter, silentReporter };
