import { readConfig } from './config';

afterEach(() => jest.restoreAllMocks());

const given = {
  ...{
    NATS_URL: 'nats://127.0.0.1',
    NATS_CLUSTER_ID: 'ticketing',
    NATS_CLIENT_ID: 'payments',
    JWT_KEY: 'k'.repeat(32),
  },
  ...{ MONGO_URI: 'mongodb://127.0.0.1/payments', STRIPE_KEY: 'sk_test' },
};
const secrets = (STRIPE_WEBHOOK_SECRET: string) => {
  jest.replaceProperty(process, 'env', { ...given, STRIPE_WEBHOOK_SECRET });
  return readConfig().STRIPE_WEBHOOK_SECRET;
};

it('accepts one webhook secret, or several separated by commas', () => {
  expect(secrets('whsec_1')).toEqual(['whsec_1']);
  expect(secrets('whsec_1, whsec_2')).toEqual(['whsec_1', 'whsec_2']);
  for (const wrong of ['', 'whsec_1,', 'whsec_1,other']) expect(() => secrets(wrong)).toThrow('STRIPE_WEBHOOK_SECRET');
});
