import { baseConfig, list, mongoConfig, parseConfig, sessionConfig, weakKeys } from './config';

const shape = { ...baseConfig, ...mongoConfig, ...sessionConfig };
const complete = { NATS_CLIENT_ID: 'orders-1', MONGO_URI: 'mongodb://mongo/orders', JWT_KEY: 'a long key' };
const strong = 'k'.repeat(32);

test('applies defaults and parses numbers', () => {
  expect(parseConfig(shape, { ...complete, PORT: '8080' })).toEqual({
    PORT: 8080,
    HOST: '0.0.0.0',
    LOG_LEVEL: 'info',
    NATS_URL: 'nats://nats-srv:4222',
    NATS_CLUSTER_ID: 'ticketing',
    NATS_CLIENT_ID: 'orders-1',
    MONGO_URI: 'mongodb://mongo/orders',
    JWT_KEY: ['a long key'],
    REQUIRE_STRONG_KEYS: false,
  });
});

test('keys are a list, in order', () => {
  expect(parseConfig(sessionConfig, { JWT_KEY: 'of today, of last month' }).JWT_KEY).toEqual([
    'of today',
    'of last month',
  ]);
});

test('JWT_SECRET is an alias of JWT_KEY, which takes precedence', () => {
  expect(parseConfig(sessionConfig, { JWT_SECRET: 'the other name' }).JWT_KEY).toEqual(['the other name']);
  expect(parseConfig(sessionConfig, { JWT_SECRET: 'the other name', JWT_KEY: 'the first name' }).JWT_KEY).toEqual([
    'the first name',
  ]);
});

test('reports all missing and invalid variables together', () => {
  const wrong = {
    PORT: 'http',
    LOG_LEVEL: 'loud',
    NATS_URL: 'somewhere',
    NATS_CLIENT_ID: 'a b',
    JWT_KEY: 'a long key,',
    REQUIRE_STRONG_KEYS: 'perhaps',
  };
  const read = () => parseConfig(shape, wrong);
  for (const name of Object.keys({ ...wrong, MONGO_URI: '' })) expect(read).toThrow(new RegExp(`^  ${name}.*: `, 'm'));
  expect(read).not.toThrow('a long key');
});

describe('detects signing keys under 32 bytes', () => {
  const keys = { ...shape, PASS_KEY: list.optional() };
  const demanding = { ...complete, REQUIRE_STRONG_KEYS: 'true' };

  test.each([
    ['asdf', strong, ['JWT_KEY']],
    [strong, 'asdf', ['PASS_KEY']],
    [`${strong},old one that is still believed`, strong, ['JWT_KEY']],
    ['ä'.repeat(16), `${strong}, ${strong}`, []],
  ])('JWT_KEY %s and PASS_KEY %s: weak are %j', (JWT_KEY, PASS_KEY, weak) => {
    expect(weakKeys(parseConfig(keys, { ...complete, JWT_KEY, PASS_KEY }))).toEqual(weak);
    const read = () => parseConfig(keys, { ...demanding, JWT_KEY, PASS_KEY });
    for (const name of weak) expect(read).toThrow(new RegExp(`^  ${name}: a key is shorter than 32 bytes`, 'm'));
    if (weak.length === 0) expect(read().JWT_KEY).toEqual([JWT_KEY]);
    else expect(read).not.toThrow(/asdf|still believed/);
  });
});

test('an invalid address is reported without its password', () => {
  const wrong = { ...complete, NATS_URL: 'nats//ticketing:hunter2@nats', MONGO_URI: 'mongo://a:hunter2@mongo/a' };
  const read = () => parseConfig(shape, wrong);
  for (const name of ['NATS_URL', 'MONGO_URI']) expect(read).toThrow(name);
  expect(read).not.toThrow('hunter2');
});
