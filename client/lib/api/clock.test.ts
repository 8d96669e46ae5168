import { serverTime } from './clock';

describe('serverTime', () => {
  it('is the end of the second in the header', () => {
    expect(serverTime('Sat, 21 Nov 2026 05:12:10 GMT')).toBe(Date.UTC(2026, 10, 21, 5, 12, 10, 999));
  });

  it.each([undefined, null, 'soon'])('is the local clock without a readable header (%p)', (header) => {
    const before = Date.now();
    const time = serverTime(header);
    expect(time).toBeGreaterThanOrEqual(before);
    expect(time).toBeLessThanOrEqual(Date.now());
  });
});
