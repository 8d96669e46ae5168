import { environment } from './config.cjs';
import { welcome } from './run';

const before = environment['SMTP_URL'];
afterEach(() => {
  if (before === undefined) delete environment['SMTP_URL'];
  else environment['SMTP_URL'] = before;
});

test.each([
  ['', 'http://localhost:8025 has all mail that is sent'],
  ['smtp://mail.example', 'goes to your SMTP_URL'],
])('a stack started with SMTP_URL=%s prints where its mail goes', (smtpUrl, words) => {
  environment['SMTP_URL'] = smtpUrl;
  const part = (name: string) => ({ name, port: name === 'mailbox' ? 8_025 : 1 });
  const stack = { url: 'http://localhost:3000', data: '/data', part } as Parameters<typeof welcome>[0];
  expect(welcome(stack, 9)).toContain(words);
  expect(welcome(stack, 9)).toContain('Open        http://localhost:3000');
});
