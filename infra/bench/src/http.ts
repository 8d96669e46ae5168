import { request, type Dispatcher } from 'undici';

/** One request of the measured API. */
export interface Call {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Expected status codes; any other invalidates the scenario. */
  expect: number[];
}

/** The response, with its body as text. */
export interface Reply {
  status: number;
  body: string;
  headers: Dispatcher.ResponseData['headers'];
}

/** A GET that must return 200. */
export function get(path: string, headers?: Record<string, string>): Call {
  return { method: 'GET', path, headers, expect: [200] };
}

/** A JSON POST that must return 201, or `expect`. */
export function post(path: string, body: unknown, headers?: Record<string, string>, expect = [201]): Call {
  return {
    method: 'POST',
    path,
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
    expect,
  };
}

/**
 * Sends one request.
 * @throws Error with the response if its status is unexpected, or if there is none
 */
export async function send(origin: string, call: Call): Promise<Reply> {
  const { method, path, headers, body } = call;
  const response = await request(origin + path, { method, headers, body }).catch((error: unknown) => {
    throw new Error(`${method} ${origin}${path} got no answer (${String(error)}): is the system up?`, { cause: error });
  });
  const reply = { status: response.statusCode, body: await response.body.text(), headers: response.headers };
  if (call.expect.includes(reply.status)) return reply;
  const wanted = call.expect.join(' or ');
  throw new Error(
    `${method} ${origin}${path} answered ${reply.status} instead of ${wanted}: ${reply.body.slice(0, 300)}`,
  );
}
