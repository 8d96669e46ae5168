import { execFile, execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { findTool } from './tools';
import { readWorkflow, root, runnersBash, workflowsFolder, type Job, type Step, type Workflow } from './workflows';

interface Manifest {
  workspaces: string[];
  scripts?: Record<string, string>;
}

const files = fs.readdirSync(workflowsFolder).map((name) => path.join(workflowsFolder, name));
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');
const manifestOf = (room = '.') => JSON.parse(read(path.join(room, 'package.json'))) as Manifest;

const names = files.map((file) => path.basename(file, '.yml'));
const workflows = names.map((name): [string, Workflow] => [name, readWorkflow(name)]);
const jobs = workflows.flatMap(([name, { jobs }]) => Object.entries(jobs).map(([id, job]): [string, Job] => [`${name}: ${id}`, job]));
const steps = jobs.flatMap(([place, job]) => (job.steps ?? []).map((step): [string, Step] => [place, step]));
const scripts = steps.flatMap(([place, { run }]) => (run ? [[place, run] as const] : []));
const texts = files.map((file) => fs.readFileSync(file, 'utf8'));

/** The words that a pattern finds in all scripts. */
const namedBy = (pattern: RegExp) => scripts.flatMap(([, run]) => [...run.matchAll(pattern)].map(([, word = '']) => word));
const rooms = manifestOf().workspaces;
const suites = rooms.filter((room) => fs.existsSync(path.join(root, room, 'jest.config.cjs')));

test('actionlint finds nothing', async () => {
  const actionlint = await findTool('actionlint');
  await promisify(execFile)(actionlint, ['-oneline', ...files], { cwd: root }).catch(({ stdout }: { stdout: string }) => {
    throw new Error(stdout);
  });
});

describe('what a run may do', () => {
  test.each(workflows)('%s: nothing, but what a job asks for', (_name, { permissions }) => {
    expect(permissions).toEqual({});
  });

  test.each(jobs)('%s says what it needs, and when it has failed', (_place, job) => {
    expect(job.permissions).toBeDefined();
    if (!job.uses) expect(job['timeout-minutes']).toBeLessThanOrEqual(60);
  });

  test('code of a pull request gets read access alone', () => {
    for (const [name, { on, jobs: all }] of workflows) {
      expect(Object.keys(on)).not.toContain('pull_request_target');
      if (!('pull_request' in on)) continue;
      const granted = Object.values(all).flatMap(({ permissions = {} }) => Object.entries(permissions));
      expect({ name, granted: granted.filter(([scope, access]) => scope !== 'contents' || access !== 'read') }).toEqual({ name, granted: [] });
      expect(read(`.github/workflows/${name}.yml`)).not.toContain('secrets');
    }
  });

  test('no checkout leaves its token behind', () => {
    const checkouts = steps.filter(([, { uses }]) => uses?.startsWith('actions/checkout@'));
    expect(checkouts.length).toBeGreaterThan(0);
    for (const [place, step] of checkouts) expect({ place, with: step.with }).toMatchObject({ place, with: { 'persist-credentials': false } });
  });

  test('no expression is pasted into a script: values come by the environment', () => {
    expect(scripts.filter(([, run]) => run.includes('${{'))).toEqual([]);
  });

  test('a command that fails inside a pipe fails its step', () => {
    for (const [name, { defaults }] of workflows) expect({ name, shell: defaults?.run.shell }).toEqual({ name, shell: 'bash' });
  });
});

test('every action is pinned to a commit, with its version beside it, the same everywhere', () => {
  const uses = texts.flatMap((text) => [...text.matchAll(/\buses: (.*)/g)].map(([, action = '']) => action));
  const foreign = uses.filter((action) => !action.startsWith('./'));
  expect(foreign.filter((action) => !/^[\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
  const pins = new Map(foreign.map((action) => [action.split('@')[0], action]));
  expect(foreign.filter((action) => pins.get(action.split('@')[0]) !== action)).toEqual([]);
});

describe('what workflows name exists', () => {
  test('npm scripts and workspaces', () => {
    const run = namedBy(/npm run ([\w:-]+)(?!.* -w)/g);
    expect(run).toEqual(expect.arrayContaining(['types', 'lint']));
    expect(run.filter((script) => !manifestOf().scripts?.[script])).toEqual([]);
    expect(namedBy(/npm test -- ([\w/]+)/g).filter((suite) => !suites.includes(suite))).toEqual([]);
    const inRoom = scripts.flatMap(([, script]) => [...script.matchAll(/npm run ([\w:-]+) -w (\S+)/g)]);
    for (const [, script = '', room = ''] of inRoom) expect(Object.keys(manifestOf(room).scripts ?? {})).toContain(script);
  });

  test('files and folders', () => {
    const named = texts.flatMap((text) => [...text.matchAll(/(?<![\w/$.-])((?:infra|common|\.github)\/[\w./*-]*[\w*])/g)].map(([, file = '']) => file));
    expect(named).toContain('.github/affected-suites.mjs');
    const missing = named.filter((file) => !fs.existsSync(path.join(root, file.replace(/\/\*.*$/, ''))));
    expect(missing.filter((file) => !suites.includes(file))).toEqual([]);
  });
});

describe('tests.yml', () => {
  const tests = readWorkflow('tests').jobs;
  const affected = (...args: string[]) => JSON.parse(execFileSync('node', ['.github/affected-suites.mjs', ...args], { cwd: root, input: '', encoding: 'utf8' })) as string[];

  test('runs every suite of npm test on every supported Node', () => {
    expect(affected('--all')).toEqual(suites);
    expect(tests['suite']?.strategy?.matrix).toEqual({ suite: '${{ fromJSON(needs.changes.outputs.suites) }}', node: [20, 22, 24] });
  });

  test('runs what else npm test runs', () => {
    const commands = (tests['static']?.steps ?? []).map(({ run }) => run);
    expect(commands).toEqual(expect.arrayContaining(['npm run types', 'npm run lint']));
  });

  test('its last job, the one to require, waits for all others and runs whatever they did', () => {
    const { tests: last, ...others } = tests;
    expect(last?.needs).toEqual(Object.keys(others));
    expect(last?.if).toBe('always()');
  });

  test.each([
    ['success success skipped success', 0],
    ['success success failure success', 1],
    ['cancelled success success success', 1],
  ])('of %s, that job makes %i', (results, status) => {
    const script = tests['tests']?.steps?.[0]?.run ?? '';
    const outcome = () => execFileSync('bash', [...runnersBash, script], { env: { RESULTS: results } }).toString();
    if (status === 0) expect(outcome()).toContain(results);
    else expect(outcome).toThrow(expect.objectContaining({ status }) as Error);
  });
});
