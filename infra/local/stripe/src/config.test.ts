import { readConfig } from './config';

test('has defaults', () => {
  expect(readConfig({ DATA_DIR: '/data' })).toMatchObject({
    port: 12111,
    host: '127.0.0.1',
    dataDir: '/data',
  });
});

test('reports every problem at once', () => {
  const read = () => readConfig({ PORT: 'x', PUBLIC_URL: 'nowhere', WEBHOOK_URL: 'http://127.0.0.1/hook' });
  expect(read).toThrow(/PORT must be a number.*DATA_DIR.*PUBLIC_URL.*WEBHOOK_SECRET/);
});

test('webhooks need a URL and a secret', () => {
  const config = readConfig({
    DATA_DIR: '/data',
    WEBHOOK_URL: 'http://127.0.0.1/hook',
    WEBHOOK_SECRET: 'whsec_1',
  });
  expect(config.webhook).toEqual({ url: 'http://127.0.0.1/hook', secret: 'whsec_1' });
  const two = readConfig({
    DATA_DIR: '/data',
    WEBHOOK_URL: 'http://127.0.0.1/hook',
    WEBHOOK_SECRET: 'whsec_1,whsec_2',
  });
  expect(two.webhook).toMatchObject({ secret: 'whsec_1', thinSecret: 'whsec_2' });
  expect(readConfig({ DATA_DIR: '/data', WEBHOOK_URL: '' }).webhook).toBeUndefined();
});
