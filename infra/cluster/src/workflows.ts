import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

export interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
  env?: Record<string, string>;
  'working-directory'?: string;
}

export interface Job {
  needs?: string | string[];
  if?: string;
  uses?: string;
  permissions?: Record<string, string>;
  'timeout-minutes'?: number;
  strategy?: { matrix: Record<string, unknown> };
  outputs?: Record<string, string>;
  environment?: { name: string };
  steps?: Step[];
}

/** A GitHub Actions workflow, as far as the tests read it. */
export interface Workflow {
  on: Record<string, unknown>;
  permissions?: Record<string, string>;
  defaults?: { run: { shell: string } };
  concurrency?: { group: string; 'cancel-in-progress'?: boolean };
  jobs: Record<string, Job>;
}

export const root = path.resolve(__dirname, '../../..');
export const workflowsFolder = path.join(root, '.github/workflows');

export function readWorkflow(name: string): Workflow {
  return parse(fs.readFileSync(path.join(workflowsFolder, `${name}.yml`), 'utf8')) as Workflow;
}

/** The command with which a runner starts a bash step, before the script. */
export const runnersBash = ['--noprofile', '--norc', '-eo', 'pipefail', '-c'];
