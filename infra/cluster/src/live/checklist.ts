/** Reports what a check is doing. */
export type Progress = (text: string) => void;

/** Prints one line per check to standard output, and progress to standard error. */
export class Checklist {
  private passed = 0;
  private failed = 0;

  constructor(private readonly interrupted: AbortSignal) {}

  /**
   * Runs a check: its result is printed on its line; throwing makes it fail.
   * @returns whether it passed
   * @throws once the run has been interrupted
   */
  async check(title: string, work: (progress: Progress) => Promise<string>): Promise<boolean> {
    this.interrupted.throwIfAborted();
    const passed = await this.last(title, work);
    this.interrupted.throwIfAborted();
    return passed;
  }

  /** The same, for work required even after an interruption. */
  async last(title: string, work: (progress: Progress) => Promise<string>): Promise<boolean> {
    const started = Date.now();
    const seconds = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
    console.error(`  … ${title}`);
    try {
      const figures = await work((text) => console.error(`      ${seconds()}: ${text}`));
      console.log(`✓ ${title}: ${figures} (${seconds()})`);
      this.passed += 1;
      return true;
    } catch (error) {
      console.log(`✗ ${title}: ${(error as Error).message} (${seconds()})`);
      this.failed += 1;
      return false;
    }
  }

  /**
   * A check the others depend on.
   * @throws Error if it fails
   */
  async demand(title: string, work: (progress: Progress) => Promise<string>): Promise<void> {
    if (!(await this.check(title, work))) throw new Error(`Nothing more can be checked before this holds: ${title}`);
  }

  /** Prints a summary and returns whether all passed. */
  close(): boolean {
    console.log(`\n${this.passed} passed, ${this.failed} failed`);
    return this.failed === 0;
  }
}
