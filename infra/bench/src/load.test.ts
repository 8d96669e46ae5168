import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { get, post } from './http';
import { addCounts, applyLoad, eachOnce, times } from './load';
import type { Origins } from './target';

const seen: string[] = [];
const servers = [0, 1].map(() =>
  http.createServer((request, response) => {
    seen.push(`${(request.socket.address() as AddressInfo).port} ${request.url}`);
    if (request.url === '/cut') return void request.socket.destroy();
    response.statusCode = request.method === 'POST' ? 201 : 404;
    request.on('data', (chunk) => response.write(chunk)).on('end', () => response.end());
  }),
);
const origins = [] as unknown as Origins;

beforeAll(async () => {
  for (const server of servers) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origins.push(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }
});
beforeEach(() => (seen.length = 0));
afterAll(() => servers.forEach((server) => server.close()));

test('sends each call once, across all origins, and passes on its response', async () => {
  const numbers = Array.from({ length: 50 }, (_, index) => index);
  const answers: number[] = [];
  const next = eachOnce(numbers, (number) => post(`/${number}`, number));
  const result = await applyLoad({ origins, connections: 4, next, answered: (body) => answers.push(Number(body)) });
  expect(result).toMatchObject({ statuses: { 201: 50 }, wrong: {} });
  expect(answers.sort((a, b) => a - b)).toEqual(numbers);
  expect(seen).toHaveLength(50);
  expect(new Set(seen.map((line) => line.split(' ')[0])).size).toBe(2);
  expect(result.rate).toBeCloseTo(50 / result.seconds);
});

test('counts wrong responses and cut connections, and excludes them from the rate', async () => {
  const missing = await applyLoad({ origins, connections: 2, next: times(3, () => get('/')) });
  const cut = await applyLoad({ origins, connections: 2, next: times(2, () => get('/cut')) });
  expect(addCounts([missing.wrong, cut.wrong])).toEqual({ 404: 3, UND_ERR_SOCKET: 2 });
  expect(missing.rate).toBe(0);
});

test('a load ends when its time is up', async () => {
  const result = await applyLoad({ origins, connections: 2, seconds: 0.2, next: () => post('/', 1) });
  expect(result.seconds).toBeGreaterThanOrEqual(0.2);
  expect(result.statuses['201']).toBe(seen.length);
});
