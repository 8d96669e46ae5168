import fs from 'node:fs';
import path from 'node:path';
import { names } from '@ticketing/local';
import { root } from './workflows';

/** Much of ASVS is about features that do not exist here. If one is added, this fails: then its requirements apply. */

const folders = [...names, 'common', 'client'];
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');

/** The sources of what runs in production, by file name. */
const sources = folders.flatMap((folder) =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/node_modules|\.next|dist\/|\.test\.|testing|next-env/.test(file))
    .map((file) => path.posix.join(folder, file)),
);
/** The sources that match a pattern. */
const having = (pattern: RegExp) => sources.filter((file) => pattern.test(read(file))).sort();

const packages = folders.flatMap((folder) => {
  const { dependencies = {} } = JSON.parse(read(`${folder}/package.json`)) as { dependencies?: Record<string, string> };
  return Object.keys(dependencies);
});

it.each([
  ['LDAP', /ldap/],
  ['XML or XPath', /xml|xpath|xslt/],
  ['LaTeX', /latex/],
  ['SQL', /^(pg|mysql2?|sqlite3|knex|sequelize|typeorm|prisma)$/],
  ['memcached', /memcache/],
  ['GraphQL', /graphql|apollo/],
  ['WebSockets', /^(ws|socket\.io.*|uWebSockets.*)$/],
  ['WebRTC', /webrtc|wrtc|mediasoup|turn|simple-peer/],
  ['OAuth, OpenID Connect or SAML', /oauth|openid|oidc|saml|passport|next-auth/],
  ['text messages or calls', /twilio|vonage|nexmo|sns/],
  ['an editor of rich text', /quill|tiptap|ckeditor|tinymce|slate|prosemirror|lexical/],
  ['templates made at run time', /^(handlebars|ejs|pug|mustache|nunjucks|liquidjs)$/],
])('nothing here uses %s', (_what, pattern) => {
  expect(packages).toContain('express');
  expect(packages.filter((name) => pattern.test(name))).toEqual([]);
});

it.each([
  ['starts another program', /child_process/, ['tickets/src/scan/index.ts']],
  ['runs text as code', /\beval\(|new Function\(|node:vm/, ['tickets/src/buffers.ts']],
  [
    'makes a regular expression of text',
    /new RegExp\(/,
    ['client/lib/preferences.ts', 'common/src/contract/money.ts', 'tickets/src/domain/contacts.ts'],
  ],
  [
    'reads or writes files',
    /from '(node:)?fs(\/promises)?'/,
    ['client/lib/words/pages.ts', 'tickets/src/scan/index.ts', 'tickets/src/scan/pictures.ts'],
  ],
  [
    'sets HTML',
    /dangerouslySetInnerHTML|innerHTML|insertAdjacentHTML|document\.write/,
    ['client/app/[words]/page.tsx', 'client/components/ticket/structured-data.tsx'],
  ],
  [
    'listens to messages of other windows',
    /addEventListener\(\s*'message'|onmessage/,
    ['client/components/frame/sign-out-form.tsx', 'client/lib/api/live/hub.ts'],
  ],
  ['opens a WebSocket', /new WebSocket|\.upgrade\(/, []],
  ['uses an algorithm that is not approved', /createHash\('(?!sha256|sha1)|'des-|'rc4|-ecb|-cbc|'md5'/i, []],
  ['uses SHA-1', /createHash\('sha1'/, ['tickets/src/scan/pass.ts']],
  ['takes numbers that can be guessed', /Math\.random/, ['common/src/stream.ts', 'orders/src/domain/hold.ts']],
  ['trusts any certificate', /rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED|tlsAllowInvalid|tlsInsecure/, []],
  ['lets other origins read', /access-control-allow|from 'cors'/i, []],
  ['asks a question that only its owner can answer', /security.?question|mother.?s.?maiden/i, []],
])('who %s is known', (_what, pattern, expected) => {
  expect(sources.length).toBeGreaterThan(500);
  expect(having(pattern)).toEqual(expected);
});
