import request from 'supertest';
import { Refusal } from './contract';
import { Router } from './http';
import { appOf } from './testing';

/** Suites check every response against the API's description: a mismatch fails with 599. */

const order = '/api/orders/0123456789abcdef01234567';
const app = appOf(
  Router()
    .get('/api/users/currentuser', (_req, res) => void res.json({ currentUser: null }))
    .post('/api/users/signout', (_req, res) => void res.status(201).json({}))
    .get('/api/users/sessions', (_req, res) => void res.json([{ secret: 1 }]))
    .get('/api/orders/:id', () => {
      throw new Refusal('card-declined');
    })
    .delete('/api/orders/:id', (_req, res) => void res.end())
    .get('/api/orders/secret/list', (_req, res) => void res.json([]))
    .post('/api/orders/secret/end', (_req, res) => void res.status(204).end())
    .get('/api/orders/secret/refused', () => {
      throw new Refusal('order-not-found');
    }),
);

test.each([
  ['get', '/api/users/currentuser', 200],
  ['head', '/api/users/currentuser', 200],
  ['get', '/api/nothing', 404],
  ['get', '/healthz', 200],
] as const)('%s %s is described: %i', (method, path, status) => request(app)[method](path).expect(status));

test.each([
  ['a status', 'post', '/api/users/signout'],
  ['a field', 'get', '/api/users/sessions'],
  ['a code', 'get', order],
  ['a status without a body', 'delete', order],
  ['a route', 'get', '/api/orders/secret/list'],
  ['a route without a body', 'post', '/api/orders/secret/end'],
  ['a route that refuses', 'get', '/api/orders/secret/refused'],
] as const)('%s that is not described fails: %s %s', async (_what, method, path) => {
  const { status, body } = await request(app)[method](path);
  expect({ status, reason: (body as { undescribed?: string }).undescribed }).toEqual({
    status: 599,
    reason: expect.stringContaining(path) as string,
  });
});
