/** What an attempt to get a program can use. */
export interface Context {
  /** An empty folder that is deleted afterwards. */
  workspace: string;
  /** A permanent folder, for a program that needs other files next to it. */
  kept: string;
  /** Settles once npm's packages are installed; on a fresh clone, programs are fetched meanwhile. */
  packages: Promise<unknown>;
}

/** One way to get a program that this machine does not have. */
export interface Attempt {
  /** What it uses, for display. */
  title: string;
  /**
   * Gets the program, checked against what is pinned.
   * @returns where the program is: in the workspace, to be moved into the cache, or where the system keeps it
   * @throws Error with the reason
   */
  fetch(context: Context): Promise<string>;
}

/** A program that the stack or its tests need. */
export interface Server {
  /** What it is, for a user who does not have it. */
  title: string;
  /** The environment variable that may hold its path. */
  variable: string;
  /** Its names on PATH; the first one found is used. */
  programs: string[];
  /** Its folder in the cache; the name changes with the pinned version. */
  cachedAs: string;
  /** How to fetch it, in this order. */
  attempts: Attempt[];
  /** Arguments that make it print its version and exit; default `--version`. */
  versionArgs?: string[];
  /** A pattern for what it then prints, with the major version as the first group, and the lowest accepted one. */
  version?: { says: RegExp; oldest: number };
  /** The Debian packages of the shared libraries it needs that a bare system may lack. */
  libraries?: Record<string, string>;
}

/** Where to look for programs, and to keep those that were fetched. */
export interface Places {
  environment: NodeJS.ProcessEnv;
  cache: string;
  /** As in `Context`; unset if they are already installed. */
  packages?: Promise<unknown>;
}
