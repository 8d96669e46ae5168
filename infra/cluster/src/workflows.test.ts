import { execFile, execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { workspaces } from '@ticketing/local';
import { findTool } from './tools';
import { readWorkflow, root, runnersBash, workflowsFolder, type Job, type Step, type Workflow } from './workflows';

interface Manifest {
  scripts?: Record<string, string>;
}

const files = fs.readdirSync(workflowsFolder).map((name) => path.join(workflowsFolder, name));
const texts = files.map((file) => fs.readFileSync(file, 'utf8'));
const workflows = files
  .map((file) => path.basename(file, '.yml'))
  .map((name): [string, Workflow] => [name, readWorkflow(name)]);
const jobs = workflows.flatMap(([name, { jobs: all }]) =>
  Object.entries(all).map(([id, job]): [string, Job] => [`${name}: ${id}`, job]),
);
const steps = jobs.flatMap(([place, job]) => (job.steps ?? []).map((step): [string, Step] => [place, step]));
const scripts = steps.flatMap(([, { run }]) => run ?? []);

const manifestOf = (workspace: string) =>
  JSON.parse(fs.readFileSync(path.join(root, workspace, 'package.json'), 'utf8')) as Manifest;
const suites = workspaces().filter((workspace) => fs.existsSync(path.join(root, workspace, 'jest.config.cjs')));

/** What a pattern's groups match in some texts. */
function found(pattern: RegExp, inTexts: string[]): string[][] {
  return inTexts.flatMap((text) => [...text.matchAll(pattern)].map(([, ...groups]) => groups));
}

test('actionlint finds nothing', async () => {
  const actionlint = await findTool('actionlint');
  await promisify(execFile)(actionlint, ['-oneline', ...files], { cwd: root }).catch(
    ({ stdout }: { stdout: string }) => {
      throw new Error(stdout);
    },
  );
});

describe('what a run may do', () => {
  test.each(workflows)('%s: no permissions except those a job declares', (_name, { permissions }) => {
    expect(permissions).toEqual({});
  });

  test.each(jobs)('%s declares its permissions and its timeout', (_place, job) => {
    expect(job.permissions).toBeDefined();
    if (!job.uses) expect(job['timeout-minutes']).toBeLessThanOrEqual(60);
  });

  test('one job pushes images and one signs them; all others only read', () => {
    const beyondReading = jobs.flatMap(([place, { permissions = {} }]) =>
      Object.entries(permissions).flatMap(([scope, access]) =>
        access === 'read' ? [] : `${place}: ${scope} ${access}`,
      ),
    );
    expect(beyondReading).toEqual(['common: publish: id-token write', 'images: images: packages write']);
  });

  test('only the deployment has secrets, and no outsider can start it', () => {
    const knowing = jobs.filter(([, job]) => JSON.stringify(job).includes('secrets.'));
    expect(knowing.map(([place, { environment }]) => [place, environment?.name])).toEqual([
      ['images: deploy', 'production'],
    ]);
    expect(readWorkflow('images').on).toEqual({ push: { branches: ['main'] } });
    for (const [, { on }] of workflows) expect(Object.keys(on)).not.toContain('pull_request_target');
  });

  test.each(workflows)('%s: outsiders cannot choose which runs wait or are cancelled', (_name, { concurrency }) => {
    const group = concurrency?.group ?? '';
    expect(group).not.toBe('');
    const chosen = found(/\$\{\{(.*?)\}\}/g, [group]).flatMap(([expression = '']) => expression.split('||'));
    const ours = ['github.event_name', 'github.event.number', 'github.run_id'];
    expect(chosen.map((name) => name.trim()).filter((name) => !ours.includes(name))).toEqual([]);
  });

  test('no checkout persists its token', () => {
    const checkouts = steps.filter(([, { uses }]) => uses?.startsWith('actions/checkout@'));
    expect(checkouts.length).toBeGreaterThan(0);
    expect(checkouts.filter(([, step]) => step.with?.['persist-credentials'] !== false)).toEqual([]);
  });

  test('no expression is interpolated into a script: values are passed by the environment', () => {
    expect(scripts.filter((script) => script.includes('${{'))).toEqual([]);
  });

  test.each(workflows)('%s: a command that fails inside a pipe fails its step', (_name, { defaults }) => {
    expect(defaults?.run.shell).toBe('bash');
  });
});

test('every action is pinned to a commit, with its version beside it, the same version everywhere', () => {
  const foreign = found(/\buses: (?!\.\/)(.*)/g, texts).flat();
  expect(foreign.filter((action) => !/^[\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
  const names = new Set(foreign.map((action) => action.split('@')[0]));
  expect(new Set(foreign).size).toBe(names.size);
});

describe('what workflows refer to exists', () => {
  test('scripts of the root and of workspaces', () => {
    const named = found(/npm run ([\w:-]+)(?: -w (\S+))?/g, scripts);
    expect(named.flat()).toEqual(expect.arrayContaining(['lint', 'test:cluster', 'common']));
    expect(named.filter(([script = '', workspace = '.']) => !manifestOf(workspace).scripts?.[script])).toEqual([]);
    expect(
      found(/ -w (\S+)/g, scripts)
        .flat()
        .filter((workspace) => !workspaces().includes(workspace)),
    ).toEqual([]);
  });

  test('suites', () => {
    const named = found(/npm test -- ([\w/]+)/g, scripts).flat();
    expect(named).toContain('common');
    expect(named.filter((suite) => !suites.includes(suite))).toEqual([]);
  });

  test('files and folders', () => {
    const named = found(/(?<![\w/$.-])((?:infra|common|\.github)\/[\w./-]*\w)/g, texts).flat();
    expect(named).toContain('.github/affected-suites.mjs');
    expect(named.filter((file) => !fs.existsSync(path.join(root, file)))).toEqual([]);
  });
});

describe('tests.yml', () => {
  const { tests: last, ...others } = readWorkflow('tests').jobs;

  test('runs every suite of npm test on every supported Node.js', () => {
    const all = execFileSync('node', ['.github/affected-suites.mjs', '--all'], { cwd: root, encoding: 'utf8' });
    expect(JSON.parse(all)).toEqual(suites);
    const suite = '${{ fromJSON(needs.changes.outputs.suites) }}';
    expect(others['suite']?.strategy?.matrix).toEqual({ suite, node: [20, 22, 24] });
  });

  test('runs whatever else npm test runs, the long fault tests, and the cluster', () => {
    const commands = Object.values(others).flatMap((job) => job.steps?.map(({ run }) => run) ?? []);
    const expected = ['npm run lint', 'npm run test:faults', expect.stringContaining('npm run test:cluster')];
    expect(commands).toEqual(expect.arrayContaining(expected));
  });

  test('servers are fetched again when the pins change', () => {
    const [key = ''] = steps.flatMap(([, { with: given = {} }]) =>
      String(given['path']).includes('.cache/ticketing') ? String(given['key']) : [],
    );
    const patterns = found(/'([^']+)'/g, [key])
      .flat()
      .map((glob) => new RegExp(`^${glob.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`));
    const pinning = ['infra/local/src/servers', 'infra/cluster/src']
      .flatMap((folder) => fs.readdirSync(path.join(root, folder)).map((name) => `${folder}/${name}`))
      .filter((file) => /\.c?[jt]s$/.test(file) && !file.includes('.test.'))
      .filter((file) => /sha256: ?['{]/.test(fs.readFileSync(path.join(root, file), 'utf8')));
    expect(pinning.length).toBeGreaterThan(2);
    expect(pinning.filter((file) => !patterns.some((pattern) => pattern.test(file)))).toEqual([]);
  });

  test('its last job, the required one, waits for all others and runs whatever their result', () => {
    expect(last?.needs).toEqual(Object.keys(others));
    expect(last?.if).toBe('always()');
  });

  test.each([
    ['success success skipped success', true],
    ['success success failure success', false],
    ['cancelled success success success', false],
  ])('of %s, that job makes a success: %p', (results, success) => {
    const script = last?.steps?.[0]?.run ?? '';
    const run = () => execFileSync('bash', [...runnersBash, script], { env: { RESULTS: results } }).toString();
    if (success) expect(run()).toContain(results);
    else expect(run).toThrow();
  });
});
