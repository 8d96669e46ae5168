import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';

const root = path.join(__dirname, '../../..');

/** The output of a Node.js tool. */
async function output(cwd: string, args: string[]): Promise<string> {
  const tool = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
  const [printed] = await Promise.all([text(tool.stdout), once(tool, 'exit')]);
  return printed;
}

describe('packages', () => {
  const forbidden = [
    ['orders/src/domain/order.ts', "import { createLogger } from '@ticketing/common';"],
    ['orders/src/domain/order.ts', "import { Orders } from '../store';"],
    ['orders/src/domain/order.ts', "import mongoose from 'mongoose';"],
    ['orders/src/domain/order.ts', "import { randomUUID } from 'node:crypto';"],
    ['orders/src/domain/order.ts', "import { z } from 'zod';"],
    ['orders/src/domain/order.ts', "export * from '../../../common/src/nats';"],
    ['orders/src/domain/deeper/order.ts', "import { Orders } from '../../store';"],
    ['orders/src/operations.ts', "import mongoose from 'mongoose';"],
    ['orders/src/operations.ts', "import { natsBus } from '@ticketing/common';"],
    ['orders/src/operations.ts', "import * as common from '@ticketing/common';"],
    ['orders/src/operations.ts', "import { openMongo } from '@ticketing/common';"],
    ['orders/src/store.ts', "import { publisher } from '@ticketing/common';"],
    ['orders/src/store.ts', "import { connect } from 'node-nats-streaming';"],
    ['orders/src/operations.ts', "import { Tickets } from '@ticketing/tickets';"],
    ['common/src/contract/money.ts', "import fs from 'node:fs';"],
    ['common/src/contract/routes/users.ts', "import express from 'express';"],
    ['client/lib/price.ts', "import { createLogger } from '@ticketing/common';"],
    ['client/lib/price.ts', "import { startPartitionable } from '@ticketing/common/testing/partition';"],
    ['client/lib/price.ts', "import { findServer } from '@ticketing/local';"],
  ] as const;
  const allowed = [
    ['orders/src/domain/order.ts', "import { Refusal } from '@ticketing/common/contract';"],
    ['orders/src/domain/order.ts', "import { isLive } from './hold';"],
    ['common/src/contract/routes/users.ts', "import { refusals } from '../refusals';"],
    ['client/lib/price.ts', "import { moneyOf } from '@ticketing/common/contract/money';"],
    ['orders/src/store.ts', "import mongoose from 'mongoose';"],
    ['orders/src/operations.ts', "import { Refusal } from '@ticketing/common';"],
  ] as const;
  const others = [
    ['orders/src/operations.ts', 'export const port = process.env.PORT;', 'no-restricted-properties'],
    ['client/lib/api/ask.ts', 'export const soon = AbortSignal.any([]);', 'no-restricted-properties'],
    [
      'client/components/pager.tsx',
      "import { useState } from 'react'; export function P({ is }: { is: boolean }) { if (is) useState(0); return null; }",
      'rules-of-hooks',
    ],
    [
      'client/components/link.tsx',
      "import { useEffect } from 'react'; export function L({ to }: { to: string }) { useEffect(() => { console.log(to); }, []); return null; }",
      'exhaustive-deps',
    ],
    [
      'orders/src/operations.ts',
      'const later = async () => { await Promise.resolve(); }; later();',
      'no-floating-promises',
    ],
    [
      'orders/src/operations.ts',
      "export function f(of: 'a' | 'b') { switch (of) { case 'a': return 1; } return 2; }",
      'switch-exhaustiveness-check',
    ],
    ['orders/src/operations.ts', "export const x: string = JSON.parse('1');", 'no-unsafe-assignment'],
  ] as const;
  /** By file and line: the rules that it breaks. */
  const broken = new Map<string, string[]>();

  beforeAll(async () => {
    const dir = await mkdtemp(path.join(os.tmpdir(), 'walls-'));
    await symlink(path.join(root, 'node_modules'), path.join(dir, 'node_modules'));
    await copyFile(path.join(root, 'tsconfig.base.json'), path.join(dir, 'tsconfig.json'));
    const config = path.join(dir, 'oxlint.config.mjs');
    await writeFile(config, `export { default } from '${path.join(root, 'oxlint.config.mjs')}';\n`);
    const lines = new Map<string, string[]>();
    for (const [file, line] of [...forbidden, ...allowed, ...others]) {
      lines.set(file, [...(lines.get(file) ?? []), line]);
      await mkdir(path.join(dir, path.dirname(file)), { recursive: true });
      await appendFile(path.join(dir, file), `${line}\n`);
    }
    const args = [path.join(root, 'node_modules/oxlint/bin/oxlint'), '--config', config, '--format', 'json'];
    const { diagnostics } = JSON.parse(await output(dir, args)) as {
      diagnostics: { code: string; filename: string; labels: { span: { line: number } }[] }[];
    };
    for (const { code, filename, labels } of diagnostics) {
      const key = `${filename} ${lines.get(filename)![labels[0]!.span.line - 1]}`;
      broken.set(key, [...(broken.get(key) ?? []), /\((.*)\)/.exec(code)![1]!]);
    }
    await rm(dir, { recursive: true });
  });

  it.each(forbidden)('%s may not contain: %s', (file, line) => {
    expect(broken.get(`${file} ${line}`)).toContain('no-restricted-imports');
  });

  it.each(allowed)('%s may contain: %s', (file, line) => {
    expect(broken.get(`${file} ${line}`) ?? []).not.toContain('no-restricted-imports');
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
    ['client-contract', 'client/lib/c.ts', 'common/src/one.ts'],
    ['client-contract', 'client/components/c.ts', 'orders/src/one.ts'],
    ['services-apart', 'orders/src/a.ts', 'tickets/src/one.ts'],
    ['contract-alone', 'common/src/contract/routes/a.ts', 'common/src/one.ts'],
    ['no-cycle', 'common/src/a.ts', 'common/src/b.ts'],
  ] as const;
  const allowed = [
    ['client/app/a.ts', 'client/components/buy/hold/one.ts'],
    ['client/components/buy/checkout/a.ts', 'client/components/buy/hold/one.ts'],
    ['client/lib/d.ts', 'common/src/contract/one.ts'],
    ['orders/src/c.ts', 'orders/src/one.ts'],
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
    const { summary } = JSON.parse(await output(dir, args)) as {
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

test('lint prints, with each broken wall, why it stands and what to do instead', () => {
  const { scripts } = jest.requireActual<{ scripts: Record<string, string> }>(path.join(root, 'package.json'));
  expect(scripts['lint']).toContain('depcruise --output-type err-long');
  const { forbidden } = jest.requireActual<{ forbidden: { name: string; comment?: string }[] }>(
    path.join(root, '.dependency-cruiser.cjs'),
  );
  expect(forbidden.length).toBeGreaterThan(10);
  expect(forbidden.filter(({ comment }) => !/\w.*(: | belongs? )\w/.test(comment ?? ''))).toEqual([]);
});
