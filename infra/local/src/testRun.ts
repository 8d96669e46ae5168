import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runToEnd } from './command.cjs';
import { environment, root } from './config.cjs';
import { workspaces } from './workspaces.cjs';

/** The result of one check: how many of its tests passed and failed, and how long it took. */
interface Outcome {
  title: string;
  passed: number;
  failed: number;
  seconds: number;
}

/** The relevant part of Jest's JSON report. */
interface JestReport {
  numPassedTests: number;
  numFailedTests: number;
  /** Files that could not even be run. */
  numRuntimeErrorTestSuites: number;
}

const CHECK_WITHIN_MS = 120 * 60_000;
/** The suite that takes longest. */
const LONGEST = ['infra/e2e'];
/** Suites whose projects run one after the other: each has systems of its own, which would idle while others run. */
const PROJECTS: Record<string, string[]> = { 'infra/e2e': ['e2e', 'e2e, shared'] };
const jest = path.join(root, 'node_modules/jest/bin/jest.js');

/** Runs the suites and lint, which checks types; prints a table and the sum. Returns whether all passed. */
export async function testAll(): Promise<boolean> {
  const started = Date.now();
  const checks = [...suites().map((suite) => () => runSuite(suite)), () => runScript('lint')];
  const outcomes = await inLanes(checks);
  const sum = (field: 'passed' | 'failed') => outcomes.reduce((total, each) => total + each[field], 0);
  const seconds = (Date.now() - started) / 1000;
  const all = { title: 'all', passed: sum('passed'), failed: sum('failed'), seconds };
  console.log(`\n${[...outcomes, all].map(row).join('\n')}\n\n${all.passed} passed, ${all.failed} failed`);
  return all.failed === 0;
}

/** Suites mostly wait for servers, and lint uses one core: two at once take half as long. */
async function inLanes(checks: (() => Promise<Outcome>)[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const waiting = [...checks.entries()];
  const lane = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) outcomes[next[0]] = await next[1]();
  };
  await Promise.all([lane(), lane()]);
  return outcomes;
}

/** Runs the suite of one folder, with more arguments for Jest. Returns whether it passed. */
export async function testSuite(folder: string, jestArgs: string[]): Promise<boolean> {
  return succeeds(process.execPath, [jest, ...jestArgs], path.join(root, folder));
}

/** Every workspace that has a suite, the longest first: started last, it would run alone, with a core idle. */
function suites(): string[] {
  const folders = workspaces().filter((folder) => fs.existsSync(path.join(root, folder, 'jest.config.cjs')));
  return [...LONGEST, ...folders.filter((folder) => !LONGEST.includes(folder))];
}

const runScript = (script: string): Promise<Outcome> =>
  timed(script, async (log) => {
    const npm = environment['npm_execpath'];
    const [command, before] = npm ? [process.execPath, [npm]] : ['npm', []];
    const passed = await succeeds(command, [...before, 'run', '--silent', script], root, log);
    return passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  });

const runSuite = (folder: string): Promise<Outcome> =>
  timed(folder, async (log, reports) => {
    const outcome = { passed: 0, failed: 0 };
    for (const project of PROJECTS[folder] ?? [undefined]) {
      const { passed, failed } = await runProject(folder, project, log, reports);
      outcome.passed += passed;
      outcome.failed += failed;
    }
    return outcome;
  });

/** @param project one of the suite's; without one, all of it */
async function runProject(folder: string, project: string | undefined, log: string, reports: string) {
  const file = path.join(reports, `report ${project ?? ''}.json`);
  const args = [jest, '--json', `--outputFile=${file}`, ...(project ? ['--selectProjects', project] : [])];
  const succeeded = await succeeds(process.execPath, args, path.join(root, folder), log);
  return count(succeeded, fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as JestReport) : undefined);
}

/** A suite that exited with an error counts as at least one failure, whatever its report says. */
function count(succeeded: boolean, report?: JestReport): Pick<Outcome, 'passed' | 'failed'> {
  const failed = report ? report.numFailedTests + report.numRuntimeErrorTestSuites : 0;
  return { passed: report?.numPassedTests ?? 0, failed: succeeded ? failed : Math.max(failed, 1) };
}

/** Runs a check with its output in a file, since two at once would mix; prints it once the check has ended. */
async function timed(
  title: string,
  check: (log: string, folder: string) => Promise<Pick<Outcome, 'passed' | 'failed'>>,
): Promise<Outcome> {
  console.log(`… ${title}`);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ticketing-test-'));
  const log = path.join(folder, 'log');
  const started = Date.now();
  try {
    const outcome = { title, ...(await check(log, folder)), seconds: (Date.now() - started) / 1000 };
    console.log(`\n▶ ${title}\n${fs.readFileSync(log, 'utf8')}`);
    return outcome;
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** @param log a file for its output; without one it shares this process's output */
async function succeeds(command: string, args: string[], cwd: string, log?: string): Promise<boolean> {
  try {
    await runToEnd(command, args, { cwd, timeoutMs: CHECK_WITHIN_MS, ...(log && { log }) });
    return true;
  } catch (error) {
    console.error((error as Error).message);
    return false;
  }
}

function row({ title, passed, failed, seconds }: Outcome): string {
  const cells = [
    title.padEnd(20),
    `${passed} passed`.padStart(12),
    `${failed} failed`.padStart(11),
    `${seconds.toFixed(0)} s`.padStart(7),
  ];
  return `${failed === 0 ? '✓' : '✗'} ${cells.join(' ')}`;
}
