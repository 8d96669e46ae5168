import type { StackOptions } from '@ticketing/local';

/** Progress output for people. */
export function say(text: string): void {
  console.log(`  … ${text}`);
}

/** The same, for the local stack. */
export const reporter: NonNullable<StackOptions['reporter']> = {
  say: (text) => console.log(text),
  step(title, work) {
    say(title);
    return work();
  },
};
