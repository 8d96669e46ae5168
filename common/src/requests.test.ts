import { once } from 'node:events';
import { request as send, type IncomingMessage } from 'node:http';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import request from 'supertest';
import { NameInput, Refusal } from './contract';
import { createApp, Router } from './http';
import { causeOf } from './requests';
import { cookieOf, newId, refusal, serve, testSessions, until } from './testing';
import { validateBody } from './validation';

const lines: Record<string, unknown>[] = [];
const log = pino(
  new Writable({
    write(line: Buffer, _encoding, done) {
      lines.push(JSON.parse(line.toString()) as Record<string, unknown>);
      done();
    },
  }),
);

const routes = Router();
routes.get('/things/:id', (_req, res) => void res.json({}));
routes.get('/passes/:pass', (req) => {
  throw Object.assign(new Error('no answer'), { name: req.query.away ? 'MongoNetworkError' : 'Error' });
});
routes.get('/mine', testSessions.require, (req) => {
  throw new Refusal(req.query.busy ? 'too-many-failed-sign-ins' : 'other-site', { params: { minutes: 1 } });
});
routes.get('/seen', testSessions.require, (_req, res) => void res.json({}));
routes.post('/named', validateBody(NameInput), (_req, res) => void res.json({}));
routes.get('/cause', (req, res) => void res.json([causeOf(req), causeOf(req)]));
const app = createApp({ routes, missing: () => [], log });

beforeEach(() => void lines.splice(0));
const logged = (msg: string) => until(() => lines.find((line) => line.msg === msg));

test('every request logs one line: trace, route pattern, status, time', async () => {
  await request(app).get('/things/7?password=hunter2').set('X-Request-Id', 'a-trace').expect(200);
  const line = await logged('request');
  expect(line).toMatchObject({ level: 30, trace: 'a-trace', method: 'GET', route: '/things/:id', status: 200 });
  expect(line.ms).toEqual(expect.any(Number));
  expect(JSON.stringify(lines)).not.toMatch(/hunter2|things\/7/);
  expect(lines).toHaveLength(1);
});

test('a body that is not a JSON object does not count as empty: it is refused', async () => {
  const named = () => request(app).post('/named');
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/csp-report',
    'multipart/form-data',
  ])
    await named().set('Content-Type', type).send('{"name":"Ann"}').expect(400, refusal('body-not-json'));
  await named().set('Content-Type', 'text/plain').set('Transfer-Encoding', 'chunked').send('x').expect(400);
  await named().send([]).expect(400, refusal('body-not-json'));
  await named()
    .send([{ name: 'Ann' }])
    .expect(400, refusal('body-not-json'));
  await named().send({ name: null }).expect(200);
  await named().expect(200);
});

test.each([
  ['fails', '', 'request failed'],
  ['finds a server unreachable', '?away=1', 'a server is unreachable'],
])('a request that %s logs only its route: a pass in a path would admit its reader', async (_case, query, msg) => {
  await request(app).get(`/passes/secret${query}`);
  expect(await logged(msg)).toMatchObject({ method: 'GET', route: '/passes/:pass' });
  await logged('request');
  expect(JSON.stringify(lines)).not.toContain('secret');
});

test('unknown paths are logged too, health checks are not', async () => {
  await request(app).get('/healthz').expect(200);
  await request(app).get('/nothing').expect(404);
  expect(await logged('request')).toMatchObject({ status: 404 });
  expect(lines).toHaveLength(1);
});

test('unauthorized requests and exceeded limits are security events', async () => {
  const id = newId();
  const cookie = cookieOf({ id, email: 'ann@test.com' });
  const ask = (path: string, sent: string) =>
    request(app)
      .get(path)
      .set('Cookie', sent)
      .set('X-Request-Id', path.replace(/\W+/g, '-'))
      .set('X-Forwarded-For', '192.0.2.7');
  const answers = [ask('/mine?nobody', ''), ask('/mine', cookie), ask('/mine?busy=1', cookie)];
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([401, 403, 429]);
  await until(() => lines.length === 6);
  const events = lines.filter(({ event }) => event === 'request-refused');
  const common = { level: 40, network: '192.0.2.7' };
  expect(events).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ ...common, code: 'sign-in-first', trace: '-mine-nobody' }),
      expect.objectContaining({ ...common, code: 'other-site', trace: '-mine', account: id }),
      expect.objectContaining({ ...common, code: 'too-many-failed-sign-ins', account: id }),
    ]),
  );
  expect(JSON.stringify(lines)).not.toContain(cookie.slice(8));
});

test('a refused request is logged with its caller, network and reason; any other only with its caller', async () => {
  const id = newId();
  const cookie = cookieOf({ id, email: 'ann@test.com' });
  const ask = (path: string) => request(app).get(path).set('Cookie', cookie).set('X-Forwarded-For', '192.0.2.7');
  await ask('/mine').expect(403);
  expect(await logged('request')).toMatchObject({ account: id, network: '192.0.2.7', codes: ['other-site'] });
  lines.splice(0);
  await request(app)
    .post('/named')
    .set('X-Forwarded-For', '192.0.2.7')
    .send({ name: 'x'.repeat(99) })
    .expect(400);
  expect(await logged('request')).toMatchObject({ network: '192.0.2.7', codes: ['text-too-long'] });
  lines.splice(0);
  await ask('/seen').expect(200);
  const line = await logged('request');
  expect(line).toMatchObject({ account: id, status: 200 });
  expect(line).not.toHaveProperty('network');
});

test("a request's origin is what the proxy saw, whatever its sender claims", async () => {
  await request(app).get('/nothing').set('X-Forwarded-For', '198.51.100.1, 192.0.2.7').expect(404);
  expect(await logged('request')).toMatchObject({ network: '192.0.2.7' });
});

test('a request without a trace gets one for everything it causes', async () => {
  const { body } = (await request(app).get('/cause')) as { body: { trace: string }[] };
  expect(body[0]?.trace).toMatch(/^[0-9a-f-]{36}$/);
  expect(body[0]).toMatchObject({ refusable: true });
  expect(body[1]).toEqual(body[0]);
  expect(await logged('request')).toMatchObject({ trace: body[0]?.trace });
});

test.each(['*', '/%ff', '/things/%ff', '//', '/?%ff=%ff', '/things/..%2f..', '/%00'])(
  'a strange path is not a server error: OPTIONS %s',
  async (path) => {
    const { url, stop } = await serve(app);
    for (const method of ['OPTIONS', 'GET', 'TRACE', 'PROPFIND']) {
      const sent = send(url, { method, path, agent: false }).end();
      const [answer] = (await once(sent, 'response')) as [IncomingMessage];
      answer.resume();
      expect(answer.statusCode).toBeLessThan(500);
    }
    await stop();
  },
);
