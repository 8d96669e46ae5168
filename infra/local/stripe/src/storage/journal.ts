import {
  appendFileSync,
  closeSync,
  createReadStream,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { createInterface } from 'node:readline';

/**
 * An append-only file of JSON lines. A line is handed to the operating system before `append` returns, so it survives
 * the death of this process (not of the machine: nothing is flushed to the disk itself).
 */
export class Journal<T> {
  readonly #file: number;
  #size: number;

  private constructor(file: number) {
    this.#file = file;
    this.#size = fstatSync(file).size;
  }

  /** Atomically replaces the journal at `path` with one of `entries`. */
  static rewrite<T>(path: string, entries: Iterable<T>): Journal<T> {
    const fresh = `${path}.new`;
    rmSync(fresh, { force: true });
    const file = openSync(fresh, 'a');
    for (const entry of entries) appendFileSync(file, `${JSON.stringify(entry)}\n`);
    fsyncSync(file);
    renameSync(fresh, path);
    return new Journal<T>(file);
  }

  /** Appends one entry, or throws and leaves the file as it was. */
  append(entry: T): void {
    const line = Buffer.from(`${JSON.stringify(entry)}\n`);
    try {
      appendFileSync(this.#file, line);
      this.#size += line.length;
    } catch (error) {
      ftruncateSync(this.#file, this.#size);
      throw error;
    }
  }

  close(): void {
    closeSync(this.#file);
  }
}

/**
 * Hands the entries at `path` to `apply`, oldest first. A last line torn by a crash is skipped: its
 * request was never answered.
 * @throws if a line before the last one is damaged
 */
export async function readJournal<T>(path: string, apply: (entry: T) => void): Promise<void> {
  if (!existsSync(path)) return;
  let number = 0;
  let torn = 0;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    number += 1;
    if (torn) {
      throw new Error(`${path} is damaged at line ${String(torn)}: repair it, or remove the file to start afresh`);
    }
    let entry: T;
    try {
      entry = JSON.parse(line) as T;
    } catch {
      torn = number;
      continue;
    }
    apply(entry);
  }
}
