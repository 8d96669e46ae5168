import { entranceOf } from './entrance';

const resolve = (name: string) => Promise.resolve(name === 'lb.example.com' ? '192.0.2.7' : name);

it.each([
  ['https://127.0.0.1:8443', 'https://ticketing.dev:8443', '127.0.0.1'],
  ['https://lb.example.com', 'https://ticketing.dev', '192.0.2.7'],
  ['https://[::1]:30443', 'https://ticketing.dev:30443', '::1'],
])('behind %s the host keeps its name', async (origin, url, address) => {
  expect(await entranceOf('ticketing.dev', origin, resolve)).toEqual({ url, address });
});
