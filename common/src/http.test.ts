import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { body } from 'express-validator';
import request from 'supertest';
import type { Request, Response } from 'express';
import { NameInput, Refusal } from './contract';
import { isOutage } from './errors';
import { createApp, Router, serverOptions, type SignedRequest } from './http';
import { causeOf } from './requests';
import { quiet, refusal } from './testing';
import { validate, validateBody } from './validation';

const outage = Object.assign(new Error('connect ECONNREFUSED 10.0.0.1'), { name: 'MongoNetworkError' });
const thrown: Record<string, unknown> = {
  fault: new Error('password of the database: hunter2'),
  text: 'a text that was thrown',
  missing: new Refusal('ticket-not-found'),
  field: new Refusal('event-in-past', { field: 'startsAt' }),
  later: new Refusal('too-many-failed-sign-ins', { params: { minutes: 2 }, retryAfter: 61.2 }),
  outage,
};

const NO_TITLE = { code: 'text-too-long', params: { field: 'Title', max: 3 } };

const routes = Router();
routes.post(
  '/echo',
  (req, res) => void res.json({ body: req.body as unknown, raw: (req as SignedRequest).rawBody?.toString() }),
);
/** Responds with the body as it is while the request waits. */
const waiting = async (req: Request, res: Response) => {
  // No other request can have been read by then.
  for (let turns = 2; turns > 0; turns--) await new Promise((resolve) => void process.nextTick(resolve));
  res.json((req.body as unknown) ?? (req as SignedRequest).rawBody ?? null);
};
routes.all('/waiting', waiting);
routes.post('/waiting/named', validateBody(NameInput), waiting);
routes.get('/echo', (req, res) => void res.json({ trace: causeOf(req).trace }));
routes.post('/throw/outage', () => {
  throw outage;
});
routes.get('/throw/:what', (req) => {
  throw thrown[req.params.what];
});
routes.get('/reject/:what', (req) => Promise.reject(thrown[req.params.what] as Error));
routes.post(
  '/strict',
  validate(
    body('title').isString().withMessage(NO_TITLE).isLength({ min: 3 }).withMessage(NO_TITLE),
    body('price')
      .isNumeric()
      .withMessage({ code: 'price-malformed', params: { field: 'price' } }),
  ),
  (_req, res) => void res.json('passed'),
);

let waitsFor: string[] = [];
const app = createApp({ routes, missing: () => waitsFor, log: quiet });

test('health depends on nothing, readiness names what it waits for, metrics are text', async () => {
  waitsFor = ['bus', 'database'];
  await request(app).get('/healthz').expect(200, { status: 'ok' });
  await request(app).get('/readyz').expect(503, { status: 'waiting', waitsFor });
  waitsFor = [];
  await request(app).get('/readyz').expect(200, { status: 'ready', waitsFor });
  await request(app)
    .get('/metrics')
    .expect(200)
    .expect('Content-Type', /text\/plain/);
});

test('an unknown route is 404', async () => {
  await request(app).get('/nothing').expect(404, refusal('route-not-found'));
  await request(app).get('/throw/%E0%A4%A').expect(400, refusal('request-unreadable'));
});

const json = 'application/json';
test.each<[string, string, string, number, ReturnType<typeof refusal>]>([
  ['not JSON', json, '{"a":', 400, refusal('body-not-json')],
  ['not an object', json, '"text"', 400, refusal('body-not-json')],
  [
    'larger than 64 kB',
    json,
    JSON.stringify('x'.repeat(70_000)),
    413,
    refusal('body-too-large', undefined, { limit: '64kb' }),
  ],
  ['in another character set', `${json}; charset=latin1`, '{}', 415, refusal('body-charset')],
])('a body that is %s', async (_case, type, text, status, answer) => {
  await request(app).post('/echo').set('Content-Type', type).send(text).expect(status, answer);
});

test('a body that stalls gets 408, and its connection is closed', async () => {
  const [requestTimeout, connectionsCheckingInterval] = [
    serverOptions.requestTimeout,
    serverOptions.connectionsCheckingInterval,
  ].map((ms = 0) => ms / 100);
  const server = createServer(
    { ...serverOptions, requestTimeout, headersTimeout: requestTimeout, connectionsCheckingInterval },
    app,
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  socket.write('POST /echo HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"a"');
  await once(socket, 'close');
  expect(answer).toMatch(/^HTTP\/1.1 408 /);
  server.close();
});

test('while a request waits, only the fields that its route asked for are kept of its body', async () => {
  const body = { name: 'Ann', more: [{}, {}] };
  await request(app).get('/waiting').send(body).expect(200, 'null');
  await request(app).post('/waiting').send(body).expect(200, 'null');
  await request(app).post('/waiting').set('Stripe-Signature', 't=1').send(body).expect(200, 'null');
  await request(app).post('/waiting/named').send(body).expect(200, { name: 'Ann' });
});

test('a body in another encoding gets 415', async () => {
  await request(app).post('/echo').set('Content-Type', json).set('Content-Encoding', 'zip').send('{}').expect(415);
});

test('keeps the raw bytes of a signed body, and of no other', async () => {
  const text = '{ "a" :1}';
  const send = () => request(app).post('/echo').set('Content-Type', json);
  await send()
    .set('Stripe-Signature', 't=1')
    .send(text)
    .expect(200, { body: { a: 1 }, raw: text });
  await send()
    .send(text)
    .expect(200, { body: { a: 1 } });
});

test.each([
  ['another site', { 'Sec-Fetch-Site': 'cross-site' }, 403],
  ['a sibling of our domain', { 'Sec-Fetch-Site': 'same-site' }, 403],
  ['our own page', { 'Sec-Fetch-Site': 'same-origin' }, 200],
  ['the address bar', { 'Sec-Fetch-Site': 'none' }, 200],
  ['another origin', { Origin: 'https://evil.test', Host: 'ticketing.test' }, 403],
  ['an opaque origin', { Origin: 'null', Host: 'ticketing.test' }, 403],
  ['our own origin', { Origin: 'https://ticketing.test', Host: 'ticketing.test' }, 200],
  [
    'our own origin behind a proxy',
    { Origin: 'https://ticketing.test', Host: 'tickets-srv', 'X-Forwarded-Host': 'ticketing.test' },
    200,
  ],
  ['no browser', {}, 200],
])('a write from %s', async (_case, headers, status) => {
  await request(app).post('/echo').set(headers).send({}).expect(status);
});

test('allows reads from other sites: their pages cannot see the response', async () => {
  await request(app).get('/echo').set('Sec-Fetch-Site', 'cross-site').expect(200);
});

test.each(['throw', 'reject'])('whatever a route %ss becomes a response', async (how) => {
  await request(app).get(`/${how}/missing`).expect(404, refusal('ticket-not-found'));
  await request(app).get(`/${how}/field`).expect(400, refusal('event-in-past', 'startsAt'));
  await request(app)
    .get(`/${how}/later`)
    .expect(429, refusal('too-many-failed-sign-ins', undefined, { minutes: 2 }))
    .expect('Retry-After', '62');
  const unknown = refusal('broken');
  await request(app).get(`/${how}/fault`).expect(500, unknown);
  await request(app).get(`/${how}/text`).expect(500, unknown);
});

test('a body cannot pollute prototypes', async () => {
  const sent = '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}';
  await request(app).post('/echo?__proto__[isAdmin]=true').type('json').send(sent).expect(200);
  await request(app).post('/strict').type('json').send(sent).expect(400);
  expect({}).not.toHaveProperty('isAdmin');
});

test('an outage gets 503 with Retry-After and without its cause', async () => {
  expect(isOutage(outage)).toBe(true);
  await request(app).get('/throw/outage').expect(503, refusal('unavailable')).expect('Retry-After', '1');
});

test('an outage in the middle of a write does not claim that nothing was written', async () => {
  await request(app).post('/throw/outage').expect(503, refusal('outcome-unknown')).expect('Retry-After', '1');
});

test('validation reports each invalid field once', async () => {
  const errors = [
    ...refusal('text-too-long', 'title', NO_TITLE.params).errors,
    ...refusal('price-malformed', 'price', { field: 'price' }).errors,
  ];
  await request(app).post('/strict').send({ title: 1, price: 'x' }).expect(400, { errors });
  await request(app).post('/strict').expect(400);
  await request(app).post('/strict').send({ title: 'abc', price: 1 }).expect(200);
});

test("a request keeps its proxy's trace, or gets a new one", async () => {
  await request(app).get('/echo').set('X-Request-Id', 'from-a_proxy1').expect({ trace: 'from-a_proxy1' });
  for (const odd of ['x'.repeat(65), 'two words', '{"a":1}', '<b>', 'one,two', 'Ä']) {
    const { body } = (await request(app).get('/echo').set('X-Request-Id', odd)) as { body: { trace: string } };
    expect(body.trace).toMatch(/^[0-9a-f-]{36}$/);
  }
  const { body: fresh } = (await request(app).get('/echo')) as { body: { trace: string } };
  expect(fresh.trace).toMatch(/^[0-9a-f-]{36}$/);
});

test.each([
  ['an answer', '/echo', 200],
  ['a refusal', '/nothing', 404],
  ['a fault', '/throw/fault', 500],
])('%s has the headers that protect a browser', async (_case, path, status) => {
  const { headers } = await request(app).get(path).expect(status);
  expect(headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
  });
  expect(headers['content-security-policy']?.split(';').sort()).toEqual([
    "base-uri 'none'",
    "default-src 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    'sandbox',
  ]);
  for (const name of ['x-powered-by', 'server', 'access-control-allow-origin']) expect(headers[name]).toBeUndefined();
});

test('TRACE is not supported: nothing is echoed', async () => {
  const { text } = await request(app).trace('/echo').set('X-Secret', 'hunter2').expect(404);
  expect(text).not.toContain('hunter2');
});
