import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

jest.mock('next/headers', () => ({ headers: () => Promise.resolve(new Headers({ cookie: 'session=theirs' })) }));
jest.mock('server-only', () => ({}), { virtual: true });

const id = 'a'.repeat(24);
let server: Server;

async function serve(listener: RequestListener) {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const name of ['AUTH', 'TICKETS', 'PAYMENTS']) process.env[`${name}_URL`] = url;
}
afterEach(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

describe('a seller', () => {
  const told: Record<string, object> = {
    [`/api/users/${id}`]: { id, name: 'Ada', memberSince: '2026-03-01T00:00:00.000Z' },
    [`/api/tickets/sellers/${id}`]: { count: 3, isMore: false },
    [`/api/payments/sellers/${id}`]: { isConfirmed: true },
  };
  const findSeller = async (seller: string) => (await import('./seller')).findSeller(seller);

  it('comes from three services', async () => {
    await serve((asked, answer) =>
      answer.setHeader('Content-Type', 'application/json').end(JSON.stringify(told[asked.url ?? ''])),
    );
    // A busy machine may not answer within a page's patience.
    const whole = async (): Promise<Awaited<ReturnType<typeof findSeller>>> => {
      const { profile, sold, isConfirmed } = await findSeller(id);
      return profile && sold && isConfirmed ? { profile, sold, isConfirmed } : whole();
    };
    expect(await whole()).toEqual({
      profile: told[`/api/users/${id}`],
      sold: { count: 3, isMore: false },
      isConfirmed: true,
    });
  });

  it('is shown without what is unknown, fails or never arrives', async () => {
    await serve((asked, answer) => {
      if (asked.url?.includes('/users/')) return;
      answer.writeHead(asked.url?.includes('/tickets/') ? 404 : 500).end();
    });
    expect(await findSeller(id)).toEqual({ profile: undefined, sold: undefined, isConfirmed: false });
  });
});

describe('content that was handed over', () => {
  const openContent = async (ticket: string) => (await import('./content')).openContent(ticket);
  const open = async (status: number, type: string, body: string) => {
    await serve((_asked, answer) => answer.writeHead(status, { 'Content-Type': type }).end(body));
    return openContent(id);
  };

  it('is a transfer with its texts', async () => {
    const transfer = { url: 'https://venue.example/t', code: 'AB12', note: null };
    expect(await open(200, 'application/json; charset=utf-8', JSON.stringify({ transfer }))).toEqual({
      kind: 'transfer',
      transfer,
    });
  });

  it.each([
    [404, 'application/json', '{"errors":[]}'],
    [200, 'text/html', '<script>'],
  ])('is nothing if the API answers %s with %s', async (status, type, body) => {
    expect(await open(status, type, body)).toBeUndefined();
  });

  it('is only the type of a file, however long: the rest is not fetched', async () => {
    const closed = new Promise<void>((resolve) => {
      void serve((_asked, answer) => {
        answer.writeHead(200, { 'Content-Type': 'image/png' });
        const timer = setInterval(() => answer.write('x'.repeat(100_000)), 5);
        answer.on('close', () => {
          clearInterval(timer);
          resolve();
        });
      }).then(() => openContent(id).then((content) => expect(content).toEqual({ kind: 'image' })));
    });
    await closed;
  });
});
