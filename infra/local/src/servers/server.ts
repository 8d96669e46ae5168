/** One way to get a server program that this machine does not have. */
export interface Attempt {
  /** What it uses, for the user to read. */
  title: string;
  /**
   * Gets the program, checked against what is pinned.
   * @param workspace an empty folder that is deleted afterwards
   * @returns where the program is: in the workspace, to be moved into the cache, or where the system keeps it
   * @throws Error with the reason in words
   */
  fetch(workspace: string): Promise<string>;
}

/** A program that the stack or its tests need. */
export interface Server {
  /** What it is, for a user who lacks it. */
  title: string;
  /** The environment variable that may name its path. */
  variable: string;
  /** What it is called on PATH; the first one found is taken. */
  programs: string[];
  /** Its name in the cache, which changes with the version that is pinned. */
  cachedAs: string;
  /** How to fetch it, in this order. */
  attempts: Attempt[];
  /** What makes it tell its version and end; `--version` unless set. */
  versionArgs?: string[];
}
