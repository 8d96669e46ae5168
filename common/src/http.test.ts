import { body } from 'express-validator';
import request from 'supertest';
import { isOutage, notFound, Refusal } from './errors';
import { causeOf, createApp, Router, validate, type SignedRequest } from './http';
import { quiet } from './testing';

const outage = Object.assign(new Error('connect ECONNREFUSED 10.0.0.1'), { name: 'MongoNetworkError' });
const thrown: Record<string, unknown> = {
  fault: new Error('password of the database: hunter2'),
  text: 'a text that was thrown',
  missing: notFound('Ticket'),
  field: new Refusal('Too dear', 400, 'price'),
  later: new Refusal('Too many tries', 429, undefined, 61.2),
  outage,
};

const routes = Router();
routes.post(
  '/echo',
  (req, res) => void res.json({ body: req.body as unknown, raw: (req as SignedRequest).rawBody?.toString() }),
);
routes.get('/echo', (req, res) => void res.json({ trace: causeOf(req).trace }));
routes.get('/throw/:what', (req) => {
  throw thrown[req.params.what];
});
routes.get('/reject/:what', (req) => Promise.reject(thrown[req.params.what] as Error));
routes.post(
  '/strict',
  validate(
    body('title')
      .isString()
      .withMessage('A title is a text')
      .isLength({ min: 3 })
      .withMessage('A title has three letters'),
    body('price').isNumeric().withMessage('A price is a number'),
  ),
  (_req, res) => void res.json('passed'),
);

let waitsFor: string[] = [];
const app = createApp({ routes, missing: () => waitsFor, log: quiet });
const message = (text: string, field?: string) => ({ errors: [{ message: text, ...(field && { field }) }] });

test('health asks nobody, readiness names what it waits for, metrics are text', async () => {
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
  await request(app).get('/nothing').expect(404, message('Route not found'));
  await request(app).get('/throw/%E0%A4%A').expect(400, message('The request cannot be read'));
});

const json = 'application/json';
test.each([
  ['not JSON', json, '{"a":', 400, 'The body is not valid JSON'],
  ['no object', json, '"text"', 400, 'The body is not valid JSON'],
  ['larger than 64 kB', json, JSON.stringify('x'.repeat(70_000)), 413, 'The body is larger than 64kb'],
  [
    'in another character set',
    `${json}; charset=latin1`,
    '{}',
    415,
    'The character set of the body is not supported: use UTF-8',
  ],
])('a body that is %s', async (_case, type, text, status, words) => {
  await request(app).post('/echo').set('Content-Type', type).send(text).expect(status, message(words));
});

test('a body of another encoding is 415', async () => {
  await request(app).post('/echo').set('Content-Type', json).set('Content-Encoding', 'zip').send('{}').expect(415);
});

test('a signed body is kept as it came, another is not', async () => {
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
  ['a neighbour of our domain', { 'Sec-Fetch-Site': 'same-site' }, 403],
  ['our own page', { 'Sec-Fetch-Site': 'same-origin' }, 200],
  ['the address bar', { 'Sec-Fetch-Site': 'none' }, 200],
  ['another origin', { Origin: 'https://evil.test', Host: 'ticketing.test' }, 403],
  ['an origin that is none', { Origin: 'null', Host: 'ticketing.test' }, 403],
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

test('a read from another site passes: its page cannot see the answer', async () => {
  await request(app).get('/echo').set('Sec-Fetch-Site', 'cross-site').expect(200);
});

test.each(['throw', 'reject'])('what a route %ss becomes an answer', async (how) => {
  await request(app).get(`/${how}/missing`).expect(404, message('Ticket not found'));
  await request(app).get(`/${how}/field`).expect(400, message('Too dear', 'price'));
  await request(app).get(`/${how}/later`).expect(429, message('Too many tries')).expect('Retry-After', '62');
  const unknown = message('Something went wrong on our side: try again in a moment');
  await request(app).get(`/${how}/fault`).expect(500, unknown);
  await request(app).get(`/${how}/text`).expect(500, unknown);
});

test('an outage is 503, with a time to come back and without its cause', async () => {
  expect(isOutage(outage)).toBe(true);
  await request(app)
    .get('/throw/outage')
    .expect(503, message('A part of us is out of reach: try again in a moment'))
    .expect('Retry-After', '1');
});

test('validation names every field that is to be mended, each once', async () => {
  const errors = [
    { message: 'A title is a text', field: 'title' },
    { message: 'A price is a number', field: 'price' },
  ];
  await request(app).post('/strict').send({ title: 1, price: 'x' }).expect(400, { errors });
  await request(app).post('/strict').expect(400);
  await request(app).post('/strict').send({ title: 'abc', price: 1 }).expect(200);
});

test('a request goes on under the trace that it came with, cut to 64 letters, or under a new one', async () => {
  await request(app).get('/echo').set('X-Request-Id', 'from a proxy').expect({ trace: 'from a proxy' });
  await request(app)
    .get('/echo')
    .set('X-Request-Id', 'x'.repeat(100))
    .expect({ trace: 'x'.repeat(64) });
  const { body: fresh } = (await request(app).get('/echo')) as { body: { trace: string } };
  expect(fresh.trace).toMatch(/^[0-9a-f-]{36}$/);
});

test('answers carry the headers that protect a browser', async () => {
  const { headers } = await request(app).get('/echo');
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'SAMEORIGIN' });
  expect(headers['x-powered-by']).toBeUndefined();
});
