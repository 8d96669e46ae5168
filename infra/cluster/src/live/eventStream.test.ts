import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { EventStream } from './eventStream';

let server: http.Server;
let url: string;
let response: http.ServerResponse;

beforeEach(async () => {
  server = http.createServer((request, answer) => {
    answer.writeHead(200, { 'Content-Type': request.url === '/events' ? 'text/event-stream' : 'text/html' });
    answer.write('data: "held"\n\n');
    response = answer;
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

it('receives messages once, in order', async () => {
  const stream = await EventStream.open(`${url}/events`);
  await stream.until('"held"', 5_000);
  await expect(stream.until('"held"', 100)).rejects.toThrow('did not say "held": it is still open');
  response.write('data: "available"\n\n');
  await stream.until('"available"', 5_000);
  stream.close();
});

it('reports that it was cut', async () => {
  const stream = await EventStream.open(`${url}/events`);
  await stream.until('"held"', 5_000);
  response.destroy();
  await expect(stream.until('"available"', 1_000)).rejects.toThrow('it was cut');
});

it('rejects what is not a stream', async () => {
  await expect(EventStream.open(url)).rejects.toThrow('responded with 200, text/html');
});
