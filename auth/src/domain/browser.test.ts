import { browserOf } from './browser';

const on = (system: string, rest: string) => `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) ${rest}`;

test.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0', 'Firefox, Windows'],
  [on('Windows NT 10.0; Win64; x64', 'Chrome/142.0.0.0 Safari/537.36'), 'Chrome, Windows'],
  [on('Windows NT 10.0; Win64; x64', 'Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0'), 'Edge, Windows'],
  [on('X11; Linux x86_64', 'Chrome/142.0.0.0 Safari/537.36 OPR/124.0.0.0'), 'Opera, Linux'],
  [on('X11; CrOS x86_64 14541.0.0', 'Chrome/142.0.0.0 Safari/537.36'), 'Chrome, ChromeOS'],
  [
    on('Linux; Android 15; SM-S928B', 'SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36'),
    'Samsung Internet, Android',
  ],
  [on('Linux; Android 15', 'Chrome/142.0.0.0 Mobile Safari/537.36'), 'Chrome, Android'],
  [on('Macintosh; Intel Mac OS X 10_15_7', 'Version/26.1 Safari/605.1.15'), 'Safari, macOS'],
  [on('iPhone; CPU iPhone OS 18_7 like Mac OS X', 'Version/26.1 Mobile/15E148 Safari/604.1'), 'Safari, iPhone'],
  [on('iPad; CPU OS 18_7 like Mac OS X', 'CriOS/142.0 Mobile/15E148 Safari/604.1'), 'Chrome, iPad'],
  ['curl/8.14.1', 'curl'],
  ['', null],
  ['<script>', null],
])('%s is %s', (userAgent, name) => {
  expect(browserOf(userAgent)).toBe(name);
});
