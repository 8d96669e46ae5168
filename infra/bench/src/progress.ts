import type { StackOptions } from '@ticketing/local';

/** Tells a person what goes on. */
export function say(text: string): void {
  console.log(`  … ${text}`);
}

/** The same, for the local stack. */
export const reporter: NonNullable<StackOptions['reporter']> = {
  say,
  step(title, work) {
    say(title);
    return work();
  },
};
