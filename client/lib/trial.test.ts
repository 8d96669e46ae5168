import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { trial } from './trial';

let server: Server;
async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
afterEach(() => {
  jest.restoreAllMocks();
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

it('shows the status and the body', async () => {
  const site = await serve((asked, answer) => {
    answer.writeHead(201);
    asked.pipe(answer);
  });
  expect(await trial(site, 'POST', '{"title":"Gig"}')).toBe('201 Created\n\n{"title":"Gig"}');
});

it('does not wait for the end of a stream, or of a body too long to be shown', async () => {
  let type = 'text/event-stream';
  const site = await serve((_asked, answer) => void answer.setHeader('Content-Type', type).write('ä'.repeat(10_001)));
  expect(await trial(site, 'GET')).toBe('200 text/event-stream');
  type = 'text/plain';
  expect(await trial(site, 'GET')).toBe(`200 OK\n\n${'ä'.repeat(10_000)}`);
});

it('gives up on what does not answer in time', async () => {
  const late = new AbortController();
  const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(late.signal);
  const site = await serve((_asked, answer) => {
    answer.writeHead(200).write('so far');
    late.abort(new Error('too late'));
  });
  await expect(trial(site, 'GET')).rejects.toThrow('too late');
  expect(timeout).toHaveBeenCalledWith(30_000);
});
