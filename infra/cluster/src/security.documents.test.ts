import fs from 'node:fs';
import path from 'node:path';
import { lifetimes } from '@ticketing/common';
import { apiRoutes } from '@ticketing/common/contract/openapi';
import { manifest } from '@ticketing/local';
import { root } from './workflows';

/** The documents in .github/security match the code. */

const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');
const document = (name: string) => read(`.github/security/${name}.md`);
/** The rows of a document's tables, as lists of cells. */
const rows = (name: string) =>
  document(name)
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
/** What a text has in backquotes. */
const named = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
const names = fs
  .readdirSync(path.join(root, '.github/security'))
  .map((file) => path.basename(file, '.md'))
  .filter((name) => name !== 'asvs');

test.each(names)('every file and decision named in %s.md exists', (name) => {
  const text = document(name);
  const files = named(text).filter((each) => /^[\w.@/-]+\/[\w./-]+\.(ts|cjs|yml|yaml)$/.test(each));
  const links = [...text.matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, link = '']) => `.github/security/${link}`);
  expect(files.length + links.length).toBeGreaterThan(0);
  for (const file of [...files, ...links]) expect([file, fs.existsSync(path.join(root, file))]).toEqual([file, true]);
});

test('the limits on guessing are those of auth', () => {
  const windows: Record<string, string> = { QUARTER: '15 min', HOUR: '1 h', DAY: '1 day' };
  const limits = [...read('auth/src/limits.ts').matchAll(/(?:limiter|ofNetworks)\('([\w-]+)', (\w+), (\w+)\)/g)].map(
    ([, name, most, window = '']) => [
      `\`${name}\``,
      most === 'signUpsPerHour' ? '`SIGNUPS_PER_ADDRESS`' : most,
      windows[window],
    ],
  );
  expect(limits.length).toBeGreaterThan(10);
  const told = rows('authentication').filter(([, , window = '']) => Object.values(windows).includes(window));
  expect(told.map((cells) => cells.slice(0, 3)).sort()).toEqual(limits.sort());
});

test('sessions and links last as long as documented', () => {
  const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];
  const told = Object.fromEntries(rows('authentication'));
  const { session, wholeSession, resetLink, confirmLink, undoLink } = lifetimes;
  expect(told).toMatchObject({
    'without use': `${session / DAY} days`,
    'in all': `${wholeSession / DAY} days`,
    'link to a new password': `${resetLink / MINUTE} minutes`,
    'link to confirm an address': `${confirmLink / HOUR} hours`,
    'link to undo a change': `${undoLink / DAY} days`,
  });
  expect(read('auth/src/domain/factors.ts')).toContain(
    `PROVEN = ${parseInt(told['proof before a change'] ?? '')} * 60_000`,
  );
  expect(read('auth/src/challenges.ts')).toContain(
    `LIFETIME_SECONDS = ${parseInt(told['a question to a browser'] ?? '')} * 60`,
  );
});

test('ended sessions take effect within a second: services read them several times a second', () => {
  const [, every = ''] = /READ_ENDED_EVERY = ([\d_]+);/.exec(read('common/src/service.ts')) ?? [];
  const ms = Number(every.replaceAll('_', ''));
  expect(ms).toBeLessThan(1_000);
  expect(document('authentication')).toContain(`every ${ms} ms`);
});

test('the forbidden passwords are those of auth', () => {
  const [, site] = /SITE = '(\w+)'/.exec(read('auth/src/domain/password.ts')) ?? [];
  expect(document('authentication')).toContain(`between digits and symbols: \`${site}\``);
});

test('the documented public routes are those that need no session', () => {
  const open = apiRoutes.filter(({ isPrivate }) => !isPrivate).map(({ method, path: at }) => `${method} ${at}`);
  const told = named(document('authorization')).filter((each) => /^(get|post|put|delete) \//.test(each));
  expect(told.sort()).toEqual(open.sort());
});

test('the documents say who may use every other route', () => {
  const told = rows('authorization').flatMap(([cell = '']) => named(cell).filter((each) => each.startsWith('/api/')));
  const patterns = told.map((at) => new RegExp(`^${at.replaceAll(/[{}]/g, '\\$&')}(/|$)`));
  for (const { path: at, isPrivate } of apiRoutes)
    if (isPrivate) expect([at, patterns.some((pattern) => pattern.test(at))]).toEqual([at, true]);
  for (const pattern of patterns)
    if (!pattern.source.includes('support'))
      expect([pattern.source, apiRoutes.some(({ path: at }) => pattern.test(at))]).toEqual([pattern.source, true]);
});

test('the inventory lists every key and password of a deployment, with the services that have it', () => {
  const told = rows('keys').flatMap(([cell = '', , , , who = '']) => named(cell).map((key) => [key, who] as const));
  const examples = fs
    .readdirSync(path.join(root, 'infra/k8s-prod'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.example') && !file.startsWith('hosted'))
    .flatMap((file) => [...read(`infra/k8s-prod/${file}`).matchAll(/^([A-Z_]+)=/gm)].map(([, key = '']) => key))
    .filter((key) => /KEY|SECRET|PASSWORD|SMTP_URL/.test(key) && !key.includes('PUBLISHABLE'));
  expect(
    told
      .map(([key]) => key)
      .filter((key) => key !== 'ticketing-tls')
      .sort(),
  ).toEqual(examples.sort());
  for (const [service, { secrets }] of Object.entries(manifest))
    for (const secret of secrets)
      expect([secret, told.find(([key]) => key === secret)?.[1]]).toEqual([secret, expect.stringContaining(service)]);
});

test('every server that a service needs is among the connections', () => {
  const told = rows('operation');
  for (const [service, { needs }] of Object.entries(manifest))
    for (const server of needs)
      expect([
        service,
        server,
        told.some(([from = '', to = '']) => from.includes(service) && to.includes(`\`${server}\``)),
      ]).toEqual([service, server, true]);
});

test('every security event is in the inventory of logs', () => {
  const [, union = ''] = /type SecurityEvent =([^;]+);/.exec(read('common/src/requests.ts')) ?? [];
  const events = [...union.matchAll(/'([\w-]+)'/g)].map(([, event = '']) => event);
  expect(events.length).toBeGreaterThan(10);
  const told = named(document('data'));
  for (const event of events) expect(told).toContain(event);
});

test('no image contains history, settings or tests', () => {
  const left = read('.dockerignore').split('\n');
  for (const each of ['.git', '**/.env*', '**/*.test.ts', '**/*.test.tsx', '**/testing.ts', '**/src/testing'])
    expect(left).toContain(each);
});

test('each image gets an SBOM and provenance', () => {
  const workflow = read('.github/workflows/images.yml');
  for (const line of ['sbom: true', 'provenance: mode=max']) expect(workflow).toContain(line);
});
