import type { IncomingMessage } from 'node:http';

// Headers that belong to the connection rather than the message, and those that the proxy sets itself.
const ownRequestHeaders = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'upgrade', 'te', 'trailer', 'expect'],
  ...['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host'],
]);
const ownResponseHeaders = new Set(['connection', 'keep-alive', 'transfer-encoding']);

/** The headers to pass on with a request, as name, value, name, value …, including where it comes from. */
export function forwardedHeaders(request: IncomingMessage): string[] {
  const { headers, rawHeaders, socket } = request;
  const passed = without(ownRequestHeaders, rawHeaders);
  const before = headers['x-forwarded-for'];
  const client = socket.remoteAddress ?? '';
  passed.push('X-Forwarded-For', before ? `${String(before)}, ${client}` : client);
  passed.push('X-Forwarded-Proto', 'http', 'X-Forwarded-Host', headers.host ?? '');
  if (!hasBody(request) && request.method === 'POST' && !headers['content-length']) passed.push('Content-Length', '0');
  return passed;
}

/** The headers to pass back with a response, in the same form. */
export function answerHeaders(answer: IncomingMessage): string[] {
  return without(ownResponseHeaders, answer.rawHeaders);
}

/** Whether a body follows a request's headers. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Whether a request has several Host headers: each server on its way could go by a different one (RFC 9112). */
export const hasTwoHosts = ({ rawHeaders }: IncomingMessage): boolean =>
  rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === 'host').length > 1;

function without(names: Set<string>, rawHeaders: string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = [rawHeaders[index], rawHeaders[index + 1]];
    if (!names.has(name.toLowerCase())) kept.push(name, value);
  }
  return kept;
}
