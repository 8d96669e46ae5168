import { Readable } from 'node:stream';
import type { Caller } from '@ticketing/common';
import { appOf, cookieOf, newId, refusal, serve, testSessions, until } from '@ticketing/common/testing';
import type { Deliveries } from './deliveries';
import { deliveryRoutes } from './deliveryRoutes';
import { aCaller } from './testing';

/**
 * Downloads that stall, as with readers who read nothing, until they are released. They stall before their last bytes:
 * once a client has those, it sends its next request on the same connection, where the answer waits behind this one.
 */
let [onTheWay, release] = [0, () => {}];
const released = new Promise<void>((go) => (release = go));
async function* parts() {
  onTheWay++;
  yield Buffer.from('%PDF');
  await released;
  yield Buffer.from('-1.7');
}
const read = () => Promise.resolve({ type: 'pdf' as const, size: 8, parts: parts() });

test('limits concurrent downloads per account, per network and in total: slow readers take up memory', async () => {
  const server = await serve(appOf(deliveryRoutes({ read } as unknown as Deliveries, testSessions)));
  const ask = (caller: Caller, network: string) =>
    fetch(`${server.url}/api/tickets/${newId()}/delivery`, {
      headers: { cookie: cookieOf(caller), 'x-forwarded-for': network },
    });
  const asked: Promise<Response>[] = [];
  const slow = async (count: number, network: (at: number) => string, caller?: Caller) => {
    for (let at = 0; at < count; at++) asked.push(ask(caller ?? aCaller(), network(at)));
    await until(() => onTheWay === asked.length);
  };
  const refused = async (caller: Caller, network: string) => {
    const answer = await ask(caller, network);
    return [answer.status, await answer.json()];
  };
  const one = aCaller();
  await slow(4, () => '10.0.0.1', one);
  expect(await refused(one, '10.0.0.2')).toEqual([429, refusal('too-many-requests')]);
  await slow(16, () => '10.0.0.1');
  expect(await refused(aCaller(), '10.0.0.1')).toEqual([429, refusal('too-many-requests')]);
  await slow(40, (at) => `10.0.1.${at}`);
  expect(await refused(aCaller(), '10.0.2.1')).toEqual([503, refusal('unavailable')]);
  release();
  for (const answer of await Promise.all(asked)) expect(await answer.text()).toBe('%PDF-1.7');
  expect(await (await ask(one, '10.0.0.1')).text()).toBe('%PDF-1.7');
  await server.stop();
});

test('a reader who leaves before anything is sent frees their place', async () => {
  let [asked, go] = [0, () => {}];
  const ready = new Promise<void>((then) => (go = then));
  const late = async () => {
    asked++;
    await ready;
    return { ...(await read()), parts: Readable.from([Buffer.from('%PDF-1.7')]) };
  };
  const server = await serve(appOf(deliveryRoutes({ read: late } as unknown as Deliveries, testSessions)));
  const [one, readers] = [aCaller(), new AbortController()];
  const ask = (signal?: AbortSignal) =>
    fetch(`${server.url}/api/tickets/${newId()}/delivery`, {
      headers: { cookie: cookieOf(one) },
      signal: signal ?? null,
    });
  const left = Array.from({ length: 4 }, () => ask(readers.signal).catch(() => 'left'));
  await until(() => asked === 4);
  readers.abort();
  expect(await Promise.all(left)).toEqual(Array(4).fill('left'));
  expect((await ask()).status).toBe(429);
  go();
  await until(async () => (await ask()).status === 200);
  await server.stop();
});
