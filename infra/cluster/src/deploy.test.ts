import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { names, needing } from '@ticketing/local';
import { parseAllDocuments } from 'yaml';
import { findTool } from './tools';
import { readWorkflow, root, runnersBash } from './workflows';

const { concurrency, jobs } = readWorkflow('images');
const deploy = jobs['deploy']?.steps ?? [];
const images = [...names, 'client'];

const digest = `sha256:${'d'.repeat(64)}`;
const built = Object.fromEntries(images.map((image) => [image, `ghcr.io/someone/ticketing/${image}@${digest}`]));
const databases = needing('mongo').map((service) => service.toUpperCase());
const own = Object.fromEntries(databases.map((name) => [`${name}_MONGO_PASSWORD`, `the-password-of-${name}`]));
const secrets = {
  JWT_KEY: 'the=signing "key" $HOME',
  FACTOR_KEY: 'the-key-of-factors',
  PASS_KEY: 'the-key-of-passes',
  DELIVERY_KEY: 'the-key-of-deliveries',
  BARCODE_KEY: 'the-key-of-barcodes',
  NATS_PASSWORD: 'the-password-of-nats',
  REDIS_PASSWORD: 'the-password-of-redis',
  MONGO_KEY: 'the-key-of-members',
  ...own,
  SMTP_URL: 'the-mail-server',
  MAIL_FROM: 'the-sender',
  STRIPE_KEY: 'the-stripe-key',
  STRIPE_WEBHOOK_SECRET: 'the-webhook-secret',
  STRIPE_PUBLISHABLE_KEY: 'the-publishable-key',
};
/** Who runs the site: not secret, but passed on in the same way. */
const operator = {
  OPERATOR_NAME: 'the-operator',
  OPERATOR_ADDRESS: 'the-address',
  MAIL_SUPPORT: 'the-support',
};
const hosted = Object.fromEntries(databases.map((name) => [`${name}_MONGO_URI`, `mongodb://${name}`]));
const given = { ...secrets, ...operator, DOMAIN: 'tickets.example.org' };

let clone: string;
let kustomize: string;
beforeAll(async () => (kustomize = await findTool('kustomize')), 600_000);
beforeEach(() => {
  clone = fs.mkdtempSync(path.join(os.tmpdir(), 'deploy-'));
  const ours = (file: string) => !file.endsWith('.env');
  for (const folder of fs.readdirSync(path.join(root, 'infra')).filter((name) => name.startsWith('k8s'))) {
    fs.cpSync(path.join(root, 'infra', folder), path.join(clone, 'infra', folder), { recursive: true, filter: ours });
  }
  fs.symlinkSync(kustomize, path.join(clone, 'kustomize'));
});
afterEach(() => fs.rmSync(clone, { recursive: true }));

const overlay = (...names: string[]) => path.join(clone, 'infra/k8s-prod', ...names);

/** Runs, as a runner would, the deployment steps before the one that talks to the cluster. */
function prepare(own: NodeJS.ProcessEnv, digests = built) {
  const DIGESTS = path.join(clone, 'digests');
  fs.mkdirSync(DIGESTS, { recursive: true });
  for (const [image, text] of Object.entries(digests)) fs.writeFileSync(path.join(DIGESTS, image), `${text}\n`);
  const env = { DIGESTS, PATH: `${clone}:${process.env['PATH'] ?? ''}`, ...own };
  let output = '';
  for (const { run, 'working-directory': folder } of deploy) {
    if (!run || !folder) continue;
    const cwd = path.join(clone, folder);
    const { status, stdout, stderr } = spawnSync('bash', [...runnersBash, run], { cwd, env, encoding: 'utf8' });
    output += stdout + stderr;
    if (status !== 0) return { status, output };
  }
  return { status: 0, output };
}

interface Rendered {
  kind: string;
  metadata: { name: string };
  data?: Record<string, string>;
}

function render(): { text: string; objects: Rendered[] } {
  const { status, stdout, stderr } = spawnSync(kustomize, ['build', overlay()], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return { text: stdout, objects: parseAllDocuments(stdout).map((document) => document.toJS() as Rendered) };
}

test('deploys what was tested, one commit at a time', () => {
  expect(jobs['tests']?.uses).toBe('./.github/workflows/tests.yml');
  expect(jobs['images']?.needs).toEqual(['tests', 'listed']);
  expect(jobs['deploy']?.needs).toBe('images');
  expect([jobs['tests']?.if, jobs['images']?.if, jobs['deploy']?.if]).toEqual([undefined, undefined, 'vars.DOMAIN']);
  expect(concurrency).toEqual({ group: 'production' });
  expect(jobs['deploy']?.environment?.name).toBe('production');
});

test('builds an image of every service and of the site', () => {
  const [list] = jobs['listed']?.steps?.filter(({ run }) => run) ?? [];
  const env = { PATH: process.env['PATH'], GITHUB_OUTPUT: path.join(clone, 'output') };
  const { status } = spawnSync('bash', [...runnersBash, list?.run ?? ''], { cwd: root, env });
  expect(status).toBe(0);
  expect(fs.readFileSync(env.GITHUB_OUTPUT, 'utf8')).toBe(`images=${JSON.stringify(images)}\n`);
  expect(jobs['listed']?.outputs).toEqual({ images: '${{ steps.list.outputs.images }}' });
  expect(jobs['images']?.strategy?.matrix['image']).toBe('${{ fromJSON(needs.listed.outputs.images) }}');
});

test('every image job outputs its digest, and its Dockerfile exists', () => {
  const steps = jobs['images']?.steps ?? [];
  const note = steps.find(({ env }) => env?.['DIGEST'] === '${{ steps.push.outputs.digest }}');
  const env = { IMAGE: 'orders', NAME: 'ghcr.io/someone/ticketing/orders', DIGEST: digest };
  const { status } = spawnSync('bash', [...runnersBash, note?.run ?? ''], {
    cwd: clone,
    env: { ...given, ...env, PATH: process.env['PATH'] },
  });
  expect(status).toBe(0);
  expect(fs.readFileSync(path.join(clone, 'digests/orders'), 'utf8')).toBe(`${built['orders']}\n`);
  const handed = steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact@'))?.with;
  expect(handed).toMatchObject({ name: 'digest-${{ matrix.image }}', path: 'digests' });
  const taken = deploy.find(({ uses }) => uses?.startsWith('actions/download-artifact@'))?.with;
  expect(taken).toMatchObject({ pattern: 'digest-*', 'merge-multiple': true, path: '${{ runner.temp }}/digests' });
  expect(deploy.find(({ env }) => env?.['DIGESTS'])?.env?.['DIGESTS']).toBe(taken?.['path']);
  const { include } = jobs['images']?.strategy?.matrix as { include: { dockerfile: string }[] };
  for (const { dockerfile } of include) expect(fs.existsSync(path.join(root, 'infra/docker', dockerfile))).toBe(true);
});

test("everything that runs is named by digest, with production's domain and secrets", () => {
  expect(prepare(given)).toEqual({ status: 0, output: '' });
  const { text, objects } = render();
  for (const image of images) expect(text).toContain(`image: ${built[image]}\n`);
  expect(text).not.toContain('image: ticketing/');
  expect(objects.find(({ kind }) => kind === 'Ingress')).toMatchObject({ spec: { rules: [{ host: given.DOMAIN }] } });
  const rendered = objects.filter(({ kind }) => kind === 'Secret').flatMap(({ data = {} }) => Object.entries(data));
  expect(Object.fromEntries(rendered.map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]))).toEqual(
    secrets,
  );
  const site = objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name.startsWith('operator-'));
  expect(site?.data).toEqual(operator);
});

test('with external databases, their addresses are secrets too', () => {
  const kustomization = fs.readFileSync(overlay('Kustomization'), 'utf8');
  fs.writeFileSync(overlay('Kustomization'), kustomization.replace('- replica-sets', '- hosted-mongo'));
  expect(prepare(given)).toEqual({
    status: 1,
    output: expect.stringContaining('set the secret AUTH_MONGO_URI') as string,
  });
  expect(prepare({ ...given, ...hosted }).status).toBe(0);
  expect(render().text).toContain(Buffer.from(hosted['ORDERS_MONGO_URI'] ?? '').toString('base64'));
});

test.each(Object.keys({ ...secrets, ...operator }))('without %s it fails, and names the secret to set', (name) => {
  const { status, output } = prepare({ ...given, [name]: '' });
  expect(status).toBe(1);
  expect(output).toContain(`set the secret ${name} of the environment production`);
  for (const secret of Object.values(secrets)) expect(output).not.toContain(secret);
});

test('does not deploy an image that was not built', () => {
  expect(prepare(given, { ...built, orders: 'ghcr.io/someone/ticketing/orders@' })).toEqual({
    status: 1,
    output: expect.stringContaining('image: ticketing/orders') as string,
  });
});

test('passes on every name in the examples from the secrets', () => {
  const files = fs.readdirSync(overlay(), { recursive: true, encoding: 'utf8' });
  const examples = files
    .filter((file) => file.endsWith('.env.example'))
    .map((file) => fs.readFileSync(overlay(file), 'utf8'));
  const names = examples.flatMap((text) => text.match(/^[A-Z]\w*/gm) ?? []);
  expect(names.sort()).toEqual(Object.keys({ ...secrets, ...operator, ...hosted }).sort());
  const handed = Object.assign({}, ...deploy.map(({ env }) => env)) as Record<string, string>;
  for (const name of names) expect(handed[name]).toBe(`\${{ secrets.${name} }}`);
});
