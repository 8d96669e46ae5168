import { doorOf } from './door';

const resolve = (name: string) => Promise.resolve(name === 'lb.example.com' ? '192.0.2.7' : name);

it.each([
  ['https://127.0.0.1:8443', 'https://ticketing.dev:8443', '127.0.0.1'],
  ['https://lb.example.com', 'https://ticketing.dev', '192.0.2.7'],
  ['https://[::1]:30443', 'https://ticketing.dev:30443', '::1'],
])('behind %s the host keeps its name', async (entrance, url, address) => {
  expect(await doorOf('ticketing.dev', entrance, resolve)).toEqual({ url, address });
});
