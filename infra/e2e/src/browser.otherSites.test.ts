import { apiRoutes } from '@ticketing/common/contract/openapi';
import { filled } from './fuzzRoutes';
import { Person } from './people';
import { System } from './stack';

/** Pages of other sites, which send requests in our visitor's browser. */
const system = System.shared();
let cookie: string;
beforeAll(async () => (cookie = (await Person.signUp(system.url)).session));

const writes = apiRoutes
  .filter(({ method }) => method !== 'get')
  .map(({ method, path }) => [method.toUpperCase(), path] as const);

it.each(writes)('%s %s is refused for pages of other sites', async (method, path) => {
  const url = system.url + filled(path, () => 'f'.repeat(24));
  const from: Record<string, string>[] = [
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
    { Origin: 'https://evil.example' },
  ];
  for (const headers of from) {
    // What a form or a page can send without asking first.
    const sent = { method, headers: { cookie, 'Content-Type': 'text/plain', ...headers }, body: '{}' };
    const answer = await fetch(url, sent);
    expect([answer.status, await answer.json()]).toEqual([
      403,
      { errors: [expect.objectContaining({ code: 'other-site' })] },
    ]);
  }
});
