import { System, type SystemOptions } from './stack';

/**
 * Runs test files as one, in sequence on one system: a start takes some 20 s of a core.
 * @param options instead of each file's own: they must suit all of them
 * @param files relative to this folder; jest.config.cjs skips the files of a group
 */
export function together(options: SystemOptions, files: string[]): void {
  let stop: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    stop = await System.join(options);
  }, 600_000);
  afterAll(() => stop?.());
  for (const file of files) describe(file, () => void jest.requireActual(file));
}
