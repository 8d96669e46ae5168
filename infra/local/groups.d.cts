/** What a suite adds to its configuration of Jest for its groups; see groups.cjs. */
export function grouped(
  folder: string,
  args?: string[],
): { testMatch?: string[]; testPathIgnorePatterns?: string[]; testSequencer?: string };
