import { publicLink } from './links';

test.each([
  ['https://tickets.example.com/accept/1', 'https://tickets.example.com/accept/1'],
  ['https:\\\\example.com\\x', 'https://example.com/x'],
  ['https://аpple.com/x', 'https://xn--pple-43d.com/x'],
])('%s is shown as a browser opens it', (text, link) => expect(publicLink(text)).toBe(link));

test.each([
  ...[
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'http://example.com',
    '//example.com',
    'example',
  ],
  ...['https://bank.com@evil.com', 'https://a:b@example.com', 'https://localhost', 'https://localhost./x'],
  ...['https://127.0.0.1', 'https://0x7f.1/', 'https://2130706433', 'https://[::1]/', 'https://tickets-srv/api'],
  ...['https://router.local', 'https://metadata.google.internal', 'https://'],
])('%s is not a public link', (text) => expect(publicLink(text)).toBeUndefined());
