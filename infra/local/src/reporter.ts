/** Where a stack tells what it is doing. */
export interface Reporter {
  say(text: string): void;
  /** Tells that something takes place, and how long it took or that it failed. */
  step<T>(title: string, work: () => Promise<T>): Promise<T>;
}

/** Lines for a person at a terminal. */
export const terminalReporter: Reporter = {
  say: (text) => console.log(text),
  async step(title, work) {
    const started = Date.now();
    const ended = (mark: string) => console.log(`  ${mark} ${title} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    console.log(`  … ${title}`);
    try {
      const result = await work();
      ended('✓');
      return result;
    } catch (error) {
      ended('✗');
      throw error;
    }
  },
};

/** For tests, whose own words are enough. */
export const silentReporter: Reporter = { say: () => undefined, step: (_title, work) => work() };
