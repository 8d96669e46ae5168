import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';

/** A service with the deployed heap size. On request, it sends a lot to all its readers, and returns their number. */
const PROGRAM = `
  const { createApp, Router, serverOf, Streams } = require(${JSON.stringify(join(__dirname, '../dist/index.js'))});
  const log = require('pino').pino({ level: 'silent' });
  const streams = new Streams();
  const readers = [];
  const routes = Router().get('/events', (req, res) => readers.push(streams.open(req, res)));
  const server = serverOf(createApp({ routes, missing: () => [], log }), log).listen(0, '127.0.0.1', () => process.send(server.address().port));
  process.on('message', () => {
    const text = 'data: ' + 'x'.repeat(16_000) + Math.random() + '\\n\\n';
    for (const reader of readers) reader.send(text);
    process.send(readers.length);
  });
`;
const BROWSER = [
  'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36',
  'Accept: text/event-stream',
  'Accept-Language: de-DE,de;q=0.9,en;q=0.8',
  'Sec-Fetch-Site: same-origin',
];
/** What a hostile one may send besides, as much as Node.js takes. */
const TRAILERS = Array.from({ length: 1_500 }, (_, at) => `x${at}: 1`);
const ROUNDS = 3;

test('with a heap of 96 MB, a service feeds as many readers as it admits and refuses the rest', async () => {
  const child = spawn(process.execPath, ['--max-semi-space-size=8', '--max-old-space-size=96', '-e', PROGRAM], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    cwd: __dirname,
  });
  const exit = once(child, 'exit');
  const answer = async () => {
    const [number] = (await Promise.race([once(child, 'message'), exit])) as [number | null];
    if (child.exitCode !== null || child.signalCode) throw new Error('The service died');
    return Number(number);
  };
  const port = await answer();
  let asked = 0;
  const sockets: Socket[] = [];
  const open = async () => {
    const reader = asked++;
    const headers = [
      ...['Host: localhost', ...BROWSER, `X-Forwarded-For: 10.0.${reader % 200}.1`],
      ...[`Cookie: session=${reader}${'x'.repeat(800)}`, 'Transfer-Encoding: chunked'],
    ];
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    sockets.push(socket);
    socket.write(['GET /events HTTP/1.1', ...headers, '', '0', ...TRAILERS, '', ''].join('\r\n'));
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.resume();
    return Number(answer.toString().split(' ')[1]);
  };
  let served = 0;
  for (let full = false; !full;) {
    const statuses = await Promise.all(Array.from({ length: 50 }, open));
    served += statuses.filter((status) => status === 200).length;
    full = statuses.includes(503);
  }
  expect(served).toBeGreaterThan(1_000);
  for (let round = 0; round < ROUNDS; round++) {
    child.send('tell them');
    expect(await answer()).toBeGreaterThanOrEqual(served);
    expect([200, 503]).toContain(await open());
  }
  for (const socket of sockets) socket.destroy();
  child.kill('SIGKILL');
  await exit;
}, 120_000);
