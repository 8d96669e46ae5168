import { System, type SystemOptions } from './stack';

/**
 * Runs test files as one, on one system, one after the other: a start costs some 20 s of a core.
 * @param options instead of those that each file names for itself: they must do for all of them
 * @param files as seen from here; jest.config.cjs leaves out what a group names
 */
export function together(options: SystemOptions, files: string[]): void {
  let stop: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    stop = await System.join(options);
  }, 300_000);
  afterAll(() => stop?.(), 60_000);
  for (const file of files) describe(file, () => void jest.requireActual(file));
}
