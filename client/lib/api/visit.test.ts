import { getMaxListeners, once } from 'node:events';
import { createServer, get as request, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ask } from './ask';
import { forEveryone, noticeLeaving, untilVisitorLeaves } from './visit';

const PATIENCE_MS = 600_000;
const servers: Server[] = [];

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

let api: string;
let site: string;
/** What the site asks for while it renders a page. */
let render: () => Promise<unknown>;
/** Called for each question to the API, which answers none by itself. */
let asked: (question: IncomingMessage, answer: () => void) => void;
/** Resolves once the site knows that the visitor has gone. */
let left: Promise<unknown>;

beforeAll(async () => {
  api = await serve((question, response) => asked(question, () => response.end('{}')));
  noticeLeaving();
  site = await serve((_page, response) => {
    left = once(response, 'close');
    void render().then(() => response.end('a page'));
  });
});
afterAll(() => servers.forEach((server) => server.close()));

/** Opens the page, and resolves once the API is asked, with a function that answers. */
async function visit() {
  const question = new Promise<{ question: IncomingMessage; answer: () => void }>((resolve) => {
    asked = (question, answer) => resolve({ question, answer });
  });
  const visitor = request(site).on('error', () => undefined);
  return { visitor, ...(await question) };
}

const askPatiently = () => ask(`${api}/slow`, { deadlineMs: PATIENCE_MS, signal: untilVisitorLeaves() });

it('a question ends with the visitor it was asked for', async () => {
  const outcomes: unknown[] = [];
  render = () => askPatiently().catch((error: unknown) => outcomes.push(error));
  const { visitor, question } = await visit();
  visitor.destroy();
  await once(question.socket, 'close');
  expect(outcomes).toEqual([expect.objectContaining({ message: expect.stringContaining('canceled') as string })]);
});

it('one that others wait for as well does not', async () => {
  let answered: Promise<unknown> = Promise.resolve();
  render = () => (answered = forEveryone(askPatiently));
  const { visitor, answer } = await visit();
  visitor.destroy();
  await left;
  answer();
  expect(await answered).toMatchObject({ status: 200 });
});

it('a page may ask as much as it needs', async () => {
  let most: number | undefined;
  render = () => {
    const signal = untilVisitorLeaves();
    most = signal && getMaxListeners(signal);
    return askPatiently();
  };
  const { visitor, answer } = await visit();
  answer();
  await once(visitor, 'response');
  expect(most).toBe(Infinity);
});

it('an answered visitor ends nothing of the next', async () => {
  render = () => askPatiently().catch(() => undefined);
  for (let visits = 0; visits < 2; visits++) {
    const { visitor, answer } = await visit();
    answer();
    const [page] = (await once(visitor, 'response')) as [IncomingMessage];
    expect((await page.setEncoding('utf8').toArray()).join('')).toBe('a page');
  }
});
