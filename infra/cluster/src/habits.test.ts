import fs from 'node:fs';
import path from 'node:path';
import { names } from '@ticketing/local';
import { parse } from 'yaml';
import { root } from './workflows';

/** What people expect to find in a repository. */

const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');
const json = (file: string) => JSON.parse(read(file)) as Record<string, unknown>;

test.each([
  ['.editorconfig', /^root = true$/m],
  ['.nvmrc', /^v?\d+\S*$/m],
  ['.oxfmtrc.json', /"printWidth": 120\b/],
  ['LICENSE', /^MIT License$/m],
  ['README.md', /\(\.github\/CONTRIBUTING\.md\).*\(\.github\/SECURITY\.md\).*\(\.github\/glossary\.md\)/],
  ['README.md', /^```mermaid\nsequenceDiagram$/m],
  ['.github/CONTRIBUTING.md', /^## Set-up$[^]*^## How the code is laid out$[^]*^## How to add …$[^]*^## Style$/m],
  ['.github/SECURITY.md', /Report a vulnerability/],
  ['.github/CODEOWNERS', /^\*\s+@\S+$/m],
  ['.github/glossary.md', /^\| \*\*order\*\* /m],
  ['.github/pull_request_template.md', /\S/],
  ['client/app/.well-known/security.txt/route.ts', /Contact: /],
])('%s has %s', (file, content) => {
  expect(read(file)).toMatch(content);
});

test('the container diagram shows the site, every service, and what is outside', () => {
  const [, diagram = ''] = /^```mermaid\nC4Container\n([^]*?)^```$/m.exec(read('README.md')) ?? [];
  const inside = [...diagram.matchAll(/^ +Container\((\w+),/gm)].map(([, name]) => name);
  expect(inside.sort()).toEqual(['client', 'ingress', ...names].sort());
  const outside = [...diagram.matchAll(/^ +System_Ext\((\w+),/gm)].map(([, name]) => name);
  expect(outside).toEqual(['stripe', 'mail']);
  for (const name of [...inside, ...outside]) expect(diagram).toMatch(new RegExp(`Rel\\(.*\\b${name}\\b`));
});

test.each(['a field', 'an event', 'a service', 'a language'])('CONTRIBUTING says how to add %s', (what) => {
  expect(read('.github/CONTRIBUTING.md')).toMatch(new RegExp(`^\\*\\*${what}\\b`, 'im'));
});

test('.nvmrc, the devcontainer and the images use the same Node', () => {
  const [, major] = /(\d+)/.exec(read('.nvmrc')) ?? [];
  expect(json('.devcontainer/devcontainer.json')['build']).toEqual({ dockerfile: 'Dockerfile' });
  expect(read('.devcontainer/Dockerfile')).toMatch(new RegExp(`^FROM \\S+:${major}-`, 'm'));
  expect(read('infra/docker/service.Dockerfile')).toContain(`BASE_IMAGE=node:${major}.`);
});

test('issues and pull requests have templates', () => {
  const templates = fs.readdirSync(path.join(root, '.github/ISSUE_TEMPLATE')).filter((name) => name !== 'config.yml');
  expect(templates.sort()).toEqual(['bug.yml', 'feature.yml']);
  for (const name of templates)
    expect(parse(read(`.github/ISSUE_TEMPLATE/${name}`))).toMatchObject({
      name: expect.any(String) as string,
      body: expect.any(Array) as unknown[],
    });
});

test('each code owner owns paths that exist', () => {
  const paths = read('.github/CODEOWNERS').match(/^\/\S+/gm) ?? [];
  const lacking = paths.filter((each) => {
    const parent = path.join(root, path.dirname(each.replace(/\/$/, '')));
    const name = path.basename(each).replace('*', '');
    return !fs.readdirSync(parent).some((entry) => (each.includes('*') ? entry.startsWith(name) : entry === name));
  });
  expect(lacking).toEqual([]);
});

test('the changelog of common starts with the version that is published', () => {
  const [, newest] = /^## (\S+)/m.exec(read('common/CHANGELOG.md')) ?? [];
  expect(newest).toBe(json('common/package.json')['version']);
});
