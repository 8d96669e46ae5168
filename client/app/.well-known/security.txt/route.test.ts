jest.mock('server-only', () => ({}), { virtual: true });
import { GET } from './route';

afterEach(() => {
  delete process.env.SITE_URL;
  delete process.env.SECURITY_CONTACT;
});

async function fields(): Promise<Record<string, string>> {
  const lines = (await (await GET()).text()).trim().split('\n');
  return Object.fromEntries(lines.map((line) => line.split(/: (.*)/).slice(0, 2) as [string, string]));
}

it('names the configured address, until a future time', async () => {
  process.env.SITE_URL = 'https://tickets.example/';
  process.env.SECURITY_CONTACT = 'https://tickets.example/report';
  const { Contact, Canonical, Expires } = await fields();
  expect(Contact).toBe('https://tickets.example/report');
  expect(Canonical).toBe('https://tickets.example/.well-known/security.txt');
  expect(Date.parse(Expires!)).toBeGreaterThan(Date.now());
});

it('defaults to the security mailbox of the site', async () => {
  process.env.SITE_URL = 'https://tickets.example';
  expect((await fields()).Contact).toBe('mailto:security@tickets.example');
});
