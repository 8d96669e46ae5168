import fs from 'node:fs';
import path from 'node:path';
import { describeApi } from '@ticketing/common/contract/openapi';
import { addressOf, operationsOf } from './developers';

it('the file in the repository matches the contract: `npm run openapi -w client` writes it', () => {
  const file = path.join(__dirname, '../public/api/openapi.json');
  expect(JSON.parse(fs.readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(describeApi())));
});

it('an operation starts with an example body', () => {
  const listing = operationsOf(describeApi()).find(({ method, path }) => method === 'POST' && path === '/api/tickets');
  expect(listing).toMatchObject({ isPrivate: true, example: '{\n  "title": "",\n  "price": 0\n}' });
});

it('input goes into the path and the query, and the rest of it is ignored', () => {
  const parameters = [
    { name: 'id', in: 'path' as const },
    { name: 'q', in: 'query' as const },
    { name: 'city', in: 'query' as const },
  ];
  expect(addressOf('/api/tickets/{id}', parameters, { id: 'a/b', q: 'x y', city: '' })).toBe(
    '/api/tickets/a%2Fb?q=x+y',
  );
});
