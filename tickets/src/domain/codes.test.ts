import * as codes from './codes';

const { transferCodes } = codes;
const area = (text: string) => ({ text, isLinear: false });
const line = (text: string) => ({ text, isLinear: true });
const ticketCodes = (...texts: string[]) => codes.ticketCodes(texts.map(area)).own;

describe('a barcode identifies its ticket', () => {
  test.each([
    ['1234567890', '1234567890'],
    ['TICKET-0123456789', 'ticket-0123456789'],
    ['CONCERT|A|7|12', 'concert-a-7-12'],
    ['https://example.com/t/9f8a7c6b', 'example-com-t-9f8a7c6b'],
    ['https://example.com/scan?ticket=00012345', 'example-com-scan-ticket-00012345'],
    ['https://example.com/#a1b2c3d4', 'example-com-a1b2c3d4'],
    ['HTTPS://EXAMPLE.COM/T/9F8A7C6B', 'example-com-t-9f8a7c6b'],
    ['********', '********'],
  ])('%s', (text, key) => {
    expect(ticketCodes(text)).toEqual([key]);
  });
});

test.each([' TICKET-0123456789\n', 'ticket-0123456789', '\u200bTICKET‐0123456789', 'ＴＩＣＫＥＴ-0123456789'])(
  'a code is the same as %j',
  (text) => expect(ticketCodes(text)).toEqual(ticketCodes('TICKET-0123456789')),
);

test('codes divided into different parts are different', () => {
  expect(ticketCodes('CONCERT|A|71|2')).not.toEqual(ticketCodes('CONCERT|A|7|12'));
});

test("a linear code beside a ticket's own may be the order's; on its own, it is the ticket's", () => {
  expect(codes.ticketCodes([area('TICKET 1'), line('ORDER 77'), line('TICKET 1')])).toEqual({
    own: ['ticket-1'],
    shared: ['order-77'],
  });
  expect(codes.ticketCodes([area('https://example.com'), line('ORDER 77')])).toEqual({ own: ['order-77'], shared: [] });
});

describe('a barcode is on every ticket of an event, or not for admission', () => {
  test.each([
    ['https://www.philharmonie.example'],
    ['https://www.philharmonie.example/programme/2026-27/summer2026'],
    ['https://example.com/concert/20261121?utm_source=ticket123456&utm_content=a1b2c3d4'],
    ['www.example.com/directions'],
    ['http://example.com:8443/'],
    ['https://'],
    ['WIFI:S:Arena;T:WPA;P:a1b2c3d4;;'],
    ['mailto:office@example.com'],
    ['BEGIN:VCARD\nTEL:+491234567\nEND:VCARD'],
    ['12345'],
    [''],
  ])('%s', (text) => {
    expect(ticketCodes(text)).toEqual([]);
  });
});

test('an address beside a ticket’s code is an advert, whatever it contains', () => {
  const advert = 'https://shop.example.com/e/123456789012';
  expect(ticketCodes(advert, 'TICKET-0123456789', advert)).toEqual(['ticket-0123456789']);
  expect(ticketCodes(advert, advert)).toEqual(['shop-example-com-e-123456789012']);
});

const none = { url: null, code: null, note: 'Row 7' };

test.each(['at the door', 'row 12, seat 7', 'from 21.11.2026 20:00 at box 3', 'PIN 1234', 'summer 2026'])(
  'these words are not a code: %s',
  (code) => expect(transferCodes({ ...none, url: 'https://tickets.example.com/transfer', code })).toEqual([]),
);

test.each(['4F7K-99QZ-11AB', '4f7k 99qz 11ab', 'Your code: 4F7K99QZ11AB!', '4F7K–99QZ–11AB, at the door'])(
  'a code is the same however it is written: %s',
  (code) => expect(transferCodes({ ...none, code })).toContain('4f7k99qz11ab'),
);

test.each(['', '?utm_source=mail', '#again', '/', '?utm_term=x#again'])(
  'a link is the same with %j behind it',
  (more) => {
    const url = 'https://tickets.example.com/accept/6fa459ea-ee8a-3ca4-894e-db77e160355e';
    expect(transferCodes({ ...none, url: `${url}${more}` })).toEqual(transferCodes({ ...none, url }));
  },
);

test('a code is the same in a transfer and in a picture', () => {
  expect(transferCodes({ ...none, code: 'AB12-CD345678' })).toEqual(
    expect.arrayContaining(ticketCodes('AB12-CD345678')),
  );
});
