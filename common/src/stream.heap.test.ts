import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';

/** A service with the heap that is deployed, that tells all its readers much, again and again. */
const PROGRAM = `
  const { createApp, Router, Streams } = require(${JSON.stringify(join(__dirname, '../dist/index.js'))});
  const { quiet } = require(${JSON.stringify(join(__dirname, '../dist/testing.js'))});
  const streams = new Streams();
  const readers = [];
  const open = (req, res) => readers.push(streams.open(req, res));
  setInterval(() => {
    const text = 'data: ' + 'x'.repeat(16_000) + Math.random() + '\\n\\n';
    for (const reader of readers) reader.send(text);
  }, 1_000);
  const routes = Router().get('/events', open);
  const server = createApp({ routes, missing: () => [], log: quiet }).listen(0, '127.0.0.1', () => process.send(server.address().port));
`;
const BROWSER = {
  'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36',
  Accept: 'text/event-stream',
  'Accept-Language': 'de-DE,de;q=0.9,en;q=0.8',
  'Sec-Fetch-Site': 'same-origin',
};

test('a service with a heap of 96 MB serves as many readers as it lets in, and refuses the others', async () => {
  const child = spawn(process.execPath, ['--max-semi-space-size=8', '--max-old-space-size=96', '-e', PROGRAM], {
    stdio: ['ignore', 'inherit', 'ignore', 'ipc'],
  });
  const [port] = (await once(child, 'message')) as [number];
  let reader = 0;
  const open = async () => {
    const network = `10.${reader++ % 200}.0.1`;
    const sent = get({
      port,
      path: '/events',
      agent: false,
      headers: { ...BROWSER, 'X-Forwarded-For': network, Cookie: `session=${reader}${'x'.repeat(800)}` },
    });
    sent.on('error', () => undefined);
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    answer.on('error', () => undefined).resume();
    return answer.statusCode;
  };
  let served = 0;
  for (let full = false; !full;) {
    const answers = await Promise.all(Array.from({ length: 50 }, open));
    served += answers.filter((status) => status === 200).length;
    full = answers.includes(503);
  }
  expect(served).toBeGreaterThan(1_000);
  for (let round = 0; round < 5; round++) expect(await open()).toBe(503);
  expect(child.exitCode).toBeNull();
  child.kill('SIGKILL');
  await once(child, 'exit');
});
