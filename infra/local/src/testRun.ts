import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runToEnd } from './command.cjs';
import { environment, root } from './config.cjs';
import { rooms } from './rooms.cjs';

/** What came of one check: how many of its tests passed and failed, and how long it took. */
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

const CHECK_WITHIN_MS = 30 * 60_000;
const jest = path.join(root, 'node_modules/jest/bin/jest.js');

/** Runs types, lint and every suite, one after another; prints a table and the sum. Returns whether all passed. */
export async function testAll(): Promise<boolean> {
  const outcomes = [await runScript('types'), await runScript('lint')];
  for (const suite of suites()) outcomes.push(await runSuite(suite));
  const sum = (field: 'passed' | 'failed' | 'seconds') => outcomes.reduce((total, each) => total + each[field], 0);
  const all = { title: 'all', passed: sum('passed'), failed: sum('failed'), seconds: sum('seconds') };
  console.log(`\n${[...outcomes, all].map(row).join('\n')}\n\n${all.passed} passed, ${all.failed} failed`);
  return all.failed === 0;
}

/** Runs the suite of one folder, with more arguments for Jest. Returns whether it passed. */
export async function testSuite(folder: string, jestArgs: string[]): Promise<boolean> {
  return succeeds(process.execPath, [jest, ...jestArgs], path.join(root, folder));
}

/** Every workspace that has a suite; the one on the whole system comes last. */
function suites(): string[] {
  const withSuite = rooms().filter((folder) => fs.existsSync(path.join(root, folder, 'jest.config.cjs')));
  return withSuite.sort((one, other) => Number(one === 'infra/e2e') - Number(other === 'infra/e2e'));
}

async function runScript(script: string): Promise<Outcome> {
  return timed(script, async () => {
    const npm = environment['npm_execpath'];
    const args = ['run', '--silent', script];
    const passed = npm ? await succeeds(process.execPath, [npm, ...args], root) : await succeeds('npm', args, root);
    return passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  });
}

async function runSuite(folder: string): Promise<Outcome> {
  return timed(folder, async () => {
    const reports = fs.mkdtempSync(path.join(os.tmpdir(), 'ticketing-test-'));
    try {
      const file = path.join(reports, 'report.json');
      const succeeded = await testSuite(folder, ['--json', `--outputFile=${file}`]);
      return count(
        succeeded,
        fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as JestReport) : undefined,
      );
    } finally {
      fs.rmSync(reports, { recursive: true });
    }
  });
}

/** A suite that ended badly counts as failed at least once, whatever its report says. */
function count(succeeded: boolean, report?: JestReport): Pick<Outcome, 'passed' | 'failed'> {
  const failed = report ? report.numFailedTests + report.numRuntimeErrorTestSuites : 0;
  return { passed: report?.numPassedTests ?? 0, failed: succeeded ? failed : Math.max(failed, 1) };
}

async function timed(title: string, check: () => Promise<Pick<Outcome, 'passed' | 'failed'>>): Promise<Outcome> {
  console.log(`\n▶ ${title}`);
  const started = Date.now();
  return { title, ...(await check()), seconds: (Date.now() - started) / 1000 };
}

async function succeeds(command: string, args: string[], cwd: string): Promise<boolean> {
  try {
    await runToEnd(command, args, { cwd, timeoutMs: CHECK_WITHIN_MS });
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
