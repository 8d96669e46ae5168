/** Objects by id, in the order in which they were created. */
export class Collection<T extends { id: string }> {
  readonly #positions = new Map<string, number>();
  readonly #items: T[] = [];

  get(id: string | null): T | undefined {
    const position = id === null ? undefined : this.#positions.get(id);
    return position === undefined ? undefined : this.#items[position];
  }

  /** Adds the object, or replaces the one with its id. */
  put(item: T): void {
    const position = this.#positions.get(item.id) ?? this.#items.length;
    this.#positions.set(item.id, position);
    this.#items[position] = item;
  }

  /** Oldest first. */
  all(): readonly T[] {
    return this.#items;
  }

  /** Newest first, starting after `id` if given. */
  *newestFirst(id?: string): Generator<T> {
    const start = (id === undefined ? undefined : this.#positions.get(id)) ?? this.#items.length;
    for (let position = start - 1; position >= 0; position -= 1) {
      const item = this.#items[position];
      if (item) yield item;
    }
  }
}
