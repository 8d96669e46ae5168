import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Journal, readJournal } from './journal';
import { State, type Change } from './state';

/** The state, and the journal that lets it survive a restart. */
export class Store {
  private constructor(
    readonly state: State,
    readonly journal: Journal<Change>,
  ) {}

  /** Rebuilds the state from the journal in `directory` (created if missing) and compacts the journal. */
  static async open(directory: string): Promise<Store> {
    mkdirSync(directory, { recursive: true });
    const path = join(directory, 'journal.jsonl');
    const state = new State();
    await readJournal<Change>(path, (change) => {
      state.apply(change);
    });
    return new Store(state, Journal.rewrite(path, state.snapshot(Date.now())));
  }

  /** Makes a change durable, then visible. If it cannot be written, throws and changes nothing. */
  commit(change: Change): void {
    this.journal.append(change);
    this.state.apply(change);
  }

  close(): void {
    this.journal.close();
  }
}
