/** Maximum length of a displayed response, in characters. */
const MAX_SHOWN = 10_000;
const PATIENCE_MS = 30_000;

/** Sends a request as the visitor. Returns the response's status and the beginning of its body; no event stream is read. */
export async function trial(address: string, method: string, body?: string): Promise<string> {
  const headers = body === undefined ? undefined : { 'Content-Type': 'application/json' };
  const answer = await fetch(address, { method, headers, body, signal: AbortSignal.timeout(PATIENCE_MS) });
  if (answer.headers.get('Content-Type')?.startsWith('text/event-stream')) {
    await answer.body?.cancel();
    return `${answer.status} text/event-stream`;
  }
  return `${answer.status} ${answer.statusText}\n\n${await beginningOf(answer.body)}`;
}

/** What does not fit is not downloaded. */
async function beginningOf(body: ReadableStream<Uint8Array> | null): Promise<string> {
  let text = '';
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  while (reader && text.length < MAX_SHOWN) {
    const { done, value } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  await reader?.cancel();
  return text.slice(0, MAX_SHOWN);
}
