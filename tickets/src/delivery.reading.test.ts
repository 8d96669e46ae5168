import type { Caller } from '@ticketing/common';
import { appOf, cookieOf, newId, refusal, serve, testSessions, until } from '@ticketing/common/testing';
import type { Deliveries } from './deliveries';
import { deliveryRoutes } from './deliveryRoutes';
import { aCaller } from './testing';

/** Downloads that stall, as with readers who read nothing, until they are released. */
let [onTheWay, release] = [0, () => {}];
const released = new Promise<void>((go) => (release = go));
async function* parts() {
  onTheWay++;
  yield Buffer.from('%PDF');
  await released;
}
const read = () => Promise.resolve({ type: 'pdf' as const, size: 4, parts: parts() });

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
  for (const answer of await Promise.all(asked)) expect(await answer.text()).toBe('%PDF');
  expect(await (await ask(one, '10.0.0.1')).text()).toBe('%PDF');
  await server.stop();
});
