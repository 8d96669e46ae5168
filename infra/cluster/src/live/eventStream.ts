import { eventually } from '@ticketing/e2e';

/** An event stream being read, with what has arrived but has not been consumed. */
export class EventStream {
  private text = '';
  private end: string | undefined;
  private readonly stopped = new AbortController();

  private constructor(private readonly url: string) {}

  /** @throws Error if the response is not a stream */
  static async open(url: string): Promise<EventStream> {
    const stream = new EventStream(url);
    const response = await fetch(url, { signal: stream.stopped.signal });
    const type = response.headers.get('content-type');
    if (!response.ok || !response.body || !type?.startsWith('text/event-stream'))
      throw new Error(`${url} responded with ${response.status}, ${type}`);
    void stream.read(response.body.pipeThrough(new TextDecoderStream()));
    return stream;
  }

  /**
   * Waits for a text and discards everything up to it.
   * @throws Error if it does not arrive in time, or the stream has ended
   */
  async until(words: string, withinMs: number): Promise<void> {
    await eventually(() => {
      const at = this.text.indexOf(words);
      if (at < 0)
        return Promise.reject(new Error(`${this.url} did not say ${words}: ${this.end ?? 'it is still open'}`));
      this.text = this.text.slice(at + words.length);
      return Promise.resolve();
    }, withinMs);
  }

  close(): void {
    this.stopped.abort();
  }

  private async read(body: ReadableStream<string>): Promise<void> {
    try {
      for await (const chunk of body) this.text += chunk;
      this.end = 'it was ended';
    } catch (error) {
      this.end = `it was cut (${String((error as Error).cause ?? error)})`;
    }
  }
}
