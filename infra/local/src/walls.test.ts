import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';

const root = path.join(__dirname, '../../..');

/** What a tool of Node.js prints, given something to read. */
async function output(cwd: string, args: string[], input: string): Promise<string> {
  const tool = spawn(process.execPath, args, { cwd, stdio: ['pipe', 'pipe', 'inherit'] });
  tool.stdin.end(input);
  const [printed] = await Promise.all([text(tool.stdout), once(tool, 'exit')]);
  return printed;
}

describe('packages', () => {
  const forbidden = [
    ['orders/src/domain/order.ts', "import { createLogger } from '@ticketing/common';"],
    ['orders/src/domain/order.ts', "import { Orders } from '../store';"],
    ['orders/src/domain/order.ts', "import mongoose from 'mongoose';"],
    ['orders/src/domain/order.ts', "import { randomUUID } from 'node:crypto';"],
    ['orders/src/operations.ts', "import mongoose from 'mongoose';"],
    ['orders/src/operations.ts', "import { natsBus } from '@ticketing/common';"],
    ['orders/src/store.ts', "import { publisher } from '@ticketing/common';"],
    ['orders/src/store.ts', "import { connect } from 'node-nats-streaming';"],
    ['orders/src/operations.ts', "import { Tickets } from '@ticketing/tickets';"],
    ['common/src/contract/money.ts', "import fs from 'node:fs';"],
    ['client/lib/price.ts', "import { createLogger } from '@ticketing/common';"],
  ] as const;
  const allowed = [
    ['orders/src/domain/order.ts', "import { Refusal } from '@ticketing/common/contract';"],
    ['orders/src/store.ts', "import mongoose from 'mongoose';"],
    ['orders/src/operations.ts', "import { Refusal } from '@ticketing/common';"],
  ] as const;
  const others = [
    ['orders/src/operations.ts', 'export const port = process.env.PORT;', 'no-restricted-properties'],
    ['client/lib/api/ask.ts', 'export const soon = AbortSignal.any([]);', 'no-restricted-properties'],
    [
      'client/components/pager.tsx',
      "import { useState } from 'react'; export function P({ is }: { is: boolean }) { if (is) useState(0); return null; }",
      'react-hooks/rules-of-hooks',
    ],
  ] as const;
  const broken = new Map<string, string[]>();

  beforeAll(async () => {
    const cases = [...forbidden, ...allowed, ...others].map(([file, line]) => ({ file, text: `${line}\n` }));
    const answer = await output(root, [path.join(root, 'infra/local/lintTexts.mjs')], JSON.stringify(cases));
    const rules = JSON.parse(answer) as string[][];
    cases.forEach(({ file, text: source }, index) => broken.set(`${file} ${source.trim()}`, rules[index]!));
  });

  it.each(forbidden)('%s may not contain: %s', (file, line) => {
    expect(broken.get(`${file} ${line}`)).toContain('no-restricted-imports');
  });

  it.each(allowed)('%s may contain: %s', (file, line) => {
    expect(broken.get(`${file} ${line}`)).not.toContain('no-restricted-imports');
  });

  it.each(others)('%s may not contain: %s', (file, line, rule) => {
    expect(broken.get(`${file} ${line}`)).toContain(rule);
  });
});

describe('folders', () => {
  const forbidden = [
    ['client-lib', 'client/lib/a.ts', 'client/components/one.ts'],
    ['client-lib', 'client/lib/b.ts', 'client/app/one.ts'],
    ['client-texts', 'client/texts/a.ts', 'client/components/one.ts'],
    ['client-components', 'client/components/a.ts', 'client/app/one.ts'],
    ['client-buy', 'client/components/sell/a.ts', 'client/components/buy/hold/one.ts'],
    ['client-account', 'client/components/form/a.ts', 'client/components/account/one.ts'],
    ['no-cycle', 'common/src/a.ts', 'common/src/b.ts'],
  ] as const;
  const allowed = [
    ['client/app/a.ts', 'client/components/buy/hold/one.ts'],
    ['client/components/buy/checkout/a.ts', 'client/components/buy/hold/one.ts'],
  ] as const;
  const back = ['common/src/b.ts', 'common/src/a.ts'] as const;
  let violations: string[];

  beforeAll(async () => {
    const dir = await mkdtemp(path.join(os.tmpdir(), 'walls-'));
    for (const [from, to] of [...forbidden.map(([, ...ends]) => ends), ...allowed, back]) {
      for (const file of [from, to]) await mkdir(path.dirname(path.join(dir, file)), { recursive: true });
      const address = path.relative(path.dirname(from), to).replace(/^(?!\.)/, './');
      await writeFile(path.join(dir, to), 'export interface Other {}\n', { flag: 'a' });
      await writeFile(path.join(dir, from), `import type { Other } from '${address.replace('.ts', '')}';\n`);
      await writeFile(path.join(dir, from), 'export type One = Other;\n', { flag: 'a' });
    }
    const program = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
    const args = [program, '--config', path.join(root, '.dependency-cruiser.cjs'), '--output-type', 'json', '.'];
    const { summary } = JSON.parse(await output(dir, args, '')) as {
      summary: { violations: { rule: { name: string }; from: string; to: string }[] };
    };
    violations = summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
    await rm(dir, { recursive: true });
  });

  it.each(forbidden)('%s: %s may not import %s, not even a type', (rule, from, to) => {
    expect(violations).toContain(`${rule}: ${from} → ${to}`);
  });

  it.each(allowed)('%s may import %s', (from, to) => {
    expect(violations.filter((violation) => violation.endsWith(`${from} → ${to}`))).toEqual([]);
  });
});
