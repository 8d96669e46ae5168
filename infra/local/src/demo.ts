const PASSWORD = 'demo-password';

const sellers: { email: string; tickets: Record<string, string> }[] = [
  { email: 'ada@example.com', tickets: { 'Analytical Engines Live': '42.00', 'Sonata for Punched Cards': '18.50' } },
  { email: 'miles@example.com', tickets: { 'Kind of Blue, all night': '65.00', 'Cellar Jazz, Tuesday': '12.00' } },
  { email: 'clara@example.com', tickets: { 'Piano Concerto in A minor': '80.00', 'Open-air Lieder evening': '25.00' } },
];

/**
 * Fills a running stack with sellers and their tickets through its HTTP API; what is there already stays as it is.
 * @param url the front door's
 * @throws Error if a request is refused
 */
export async function fillIn(url: string): Promise<void> {
  for (const { email, tickets } of sellers) {
    const cookie = await signIn(url, email);
    const mine = (await call(url, '/api/tickets/mine', { headers: { cookie } })) as { title: string }[];
    const missing = Object.entries(tickets).filter(([title]) => !mine.some((ticket) => ticket.title === title));
    for (const [title, price] of missing) await call(url, '/api/tickets', post({ title, price }, cookie));
  }
}

async function signIn(url: string, email: string): Promise<string> {
  const credentials = post({ email, password: PASSWORD });
  let response = await fetch(`${url}/api/users/signup`, credentials);
  if (!response.ok) response = await fetch(`${url}/api/users/signin`, credentials);
  if (!response.ok) throw new Error(`The demo's ${email} can neither sign up nor in: ${await response.text()}`);
  return response.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
}

function post(body: object, cookie = ''): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json', cookie }, body: JSON.stringify(body) };
}

async function call(url: string, path: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(url + path, init);
  if (!response.ok) throw new Error(`The demo's request to ${path} was answered ${response.status}: ${await response.text()}`);
  return response.json();
}
