import { baseConfig, mongoConfig, parseConfig, sessionConfig } from './config';

const shape = { ...baseConfig, ...mongoConfig, ...sessionConfig };
const complete = { NATS_CLIENT_ID: 'orders-1', MONGO_URI: 'mongodb://mongo/orders', JWT_KEY: 'a long key' };

test('what is not set has its default, numbers are numbers', () => {
  expect(parseConfig(shape, { ...complete, PORT: '8080' })).toEqual({
    PORT: 8080,
    HOST: '0.0.0.0',
    LOG_LEVEL: 'info',
    NATS_URL: 'nats://nats-srv:4222',
    NATS_CLUSTER_ID: 'ticketing',
    NATS_CLIENT_ID: 'orders-1',
    MONGO_URI: 'mongodb://mongo/orders',
    JWT_KEY: ['a long key'],
  });
});

test('keys are a list, the first one first', () => {
  expect(parseConfig(sessionConfig, { JWT_KEY: 'of today, of last month' }).JWT_KEY).toEqual([
    'of today',
    'of last month',
  ]);
});

test('JWT_SECRET is another name of JWT_KEY, which comes first', () => {
  expect(parseConfig(sessionConfig, { JWT_SECRET: 'the other name' }).JWT_KEY).toEqual(['the other name']);
  expect(parseConfig(sessionConfig, { JWT_SECRET: 'the other name', JWT_KEY: 'the first name' }).JWT_KEY).toEqual([
    'the first name',
  ]);
});

test('everything that is missing or wrong is named at once', () => {
  const wrong = {
    PORT: 'http',
    LOG_LEVEL: 'loud',
    NATS_URL: 'somewhere',
    NATS_CLIENT_ID: 'a b',
    JWT_KEY: 'a long key,short',
  };
  const read = () => parseConfig(shape, wrong);
  for (const name of ['PORT', 'LOG_LEVEL', 'NATS_URL', 'NATS_CLIENT_ID', 'MONGO_URI', 'JWT_KEY'])
    expect(read).toThrow(new RegExp(`^  ${name}.*: `, 'm'));
  expect(read).not.toThrow('a long key');
});
