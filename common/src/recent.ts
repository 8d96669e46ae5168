/** Values by key: the `max` that were set last. */
export class Recent<V> {
  private readonly values = new Map<string, V>();

  constructor(private readonly max = 1_000) {}

  get = (key: string): V | undefined => this.values.get(key);

  set(key: string, value: V) {
    this.values.delete(key);
    this.values.set(key, value);
    if (this.values.size > this.max) this.values.delete(this.values.keys().next().value as string);
  }
}
