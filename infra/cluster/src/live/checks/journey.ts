import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Progress } from '../checklist';
import { run } from '../command';
import { root } from '../config';
import { behindEntrance, type LiveSystem } from '../system';

const WITHIN_MS = 5 * 60_000;
const jest = path.join(root, 'node_modules/jest/bin/jest.js');

/** The relevant part of Jest's JSON report. */
interface JestReport {
  numPassedTests: number;
  numTotalTests: number;
  testResults: { message: string; assertionResults: { status: string; fullName: string }[] }[];
}

/**
 * Runs the system test of purchases, the same as on one machine, through the Ingress.
 * @throws Error with the names of the tests that failed
 */
export async function purchasesThroughIngress(system: LiveSystem, progress: Progress): Promise<string> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ticketing-journey-'));
  const file = path.join(folder, 'report.json');
  const args = [jest, 'src/purchase.test.ts', '--runInBand', '--verbose', '--json', `--outputFile=${file}`];
  try {
    return await behindEntrance(system, async ({ stripe, mailbox, services }) => {
      const env = {
        SYSTEM_URL: system.entrance.url,
        SYSTEM_ADDRESS: system.entrance.address,
        STRIPE_EMULATOR_URL: stripe,
        MAILBOX_URL: mailbox,
        SERVICE_URLS: services.join(','),
      };
      const ended = run(process.execPath, args, {
        cwd: path.join(root, 'infra/e2e'),
        env,
        timeoutMs: WITHIN_MS,
        onLine: progress,
      });
      const failure = await ended.then(
        () => undefined,
        (error: Error) => error,
      );
      if (!fs.existsSync(file)) throw failure ?? new Error('Jest wrote no report');
      return verdict(JSON.parse(fs.readFileSync(file, 'utf8')) as JestReport, system.entrance.url);
    });
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

function verdict({ numPassedTests, numTotalTests, testResults }: JestReport, url: string): string {
  const figures = `${numPassedTests} of ${numTotalTests} tests passed at ${url}`;
  if (numPassedTests === numTotalTests && numTotalTests > 0) return figures;
  const failed = testResults.flatMap((each) => each.assertionResults).filter(({ status }) => status === 'failed');
  throw new Error(
    [figures, ...failed.map(({ fullName }) => fullName), ...testResults.map(({ message }) => message)].join('\n    '),
  );
}
