import { ticketCodes, transferCodes } from './codes';

describe('a barcode identifies its ticket', () => {
  test.each([
    ['1234567890'],
    ['TICKET-0123456789'],
    ['CONCERT|A|7|12'],
    ['https://example.com/t/9f8a7c6b'],
    ['https://example.com/scan?ticket=00012345'],
    ['https://example.com/#a1b2c3d4'],
    ['HTTPS://EXAMPLE.COM/T/9F8A7C6B'],
  ])('%s', (text) => {
    expect(ticketCodes([text])).toEqual([text]);
  });
});

describe('a barcode is on every ticket of an event, or not for a gate', () => {
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
    expect(ticketCodes([text])).toEqual([]);
  });
});

test('an address next to a ticket’s code is an advert, whatever it contains', () => {
  const advert = 'https://shop.example.com/e/123456789012';
  expect(ticketCodes([advert, 'TICKET-0123456789', advert])).toEqual(['TICKET-0123456789']);
  expect(ticketCodes([advert, advert])).toEqual([advert]);
});

test('only unique parts of a transfer count', () => {
  const none = { url: null, code: null, note: 'Row 7' };
  expect(transferCodes(none)).toEqual([]);
  expect(transferCodes({ ...none, url: 'https://tickets.example.com/transfer', code: 'at the door' })).toEqual([]);
  expect(transferCodes({ ...none, url: 'https://tickets.example.com/transfer', code: 'AB12-CD345678' })).toEqual([
    'AB12-CD345678',
  ]);
  const url = 'https://tickets.example.com/accept/6fa459ea-ee8a-3ca4-894e-db77e160355e';
  expect(transferCodes({ ...none, url })).toEqual([url]);
});
