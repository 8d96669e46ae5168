/** What a way to get a program has at hand. */
export interface Context {
  /** An empty folder that is deleted afterwards. */
  workspace: string;
  /** A folder in it that lasts, for a program that needs other files beside it. */
  kept: string;
  /** Settles once npm's packages are there; on a fresh clone, programs are fetched while those are being installed. */
  packages: Promise<unknown>;
}

/** One way to get a program that this machine does not have. */
export interface Attempt {
  /** What it uses, for the user to read. */
  title: string;
  /**
   * Gets the program, checked against what is pinned.
   * @returns where the program is: in the workspace, to be moved into the cache, or where the system keeps it
   * @throws Error with the reason in words
   */
  fetch(context: Context): Promise<string>;
}

/** A program that the stack or its tests need. */
export interface Server {
  /** What it is, for a user who lacks it. */
  title: string;
  /** The environment variable that may name its path. */
  variable: string;
  /** What it is called on PATH; the first one found is taken. */
  programs: string[];
  /** Its folder in the cache, whose name changes with the version that is pinned. */
  cachedAs: string;
  /** How to fetch it, in this order. */
  attempts: Attempt[];
  /** What makes it tell its version and end; `--version` unless set. */
  versionArgs?: string[];
  /** What it then says, with its major version as the first group, and the oldest of those that will do. */
  version?: { says: RegExp; oldest: number };
  /** The Debian packages of the shared libraries it needs that a bare system may lack. */
  libraries?: Record<string, string>;
}

/** Where to look for programs, and to keep those that were fetched. */
export interface Places {
  environment: NodeJS.ProcessEnv;
  cache: string;
  /** As in `Context`; there already unless set. */
  packages?: Promise<unknown>;
}
