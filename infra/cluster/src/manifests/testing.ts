import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { needing } from '@ticketing/local';
import { infra } from './render';

const databases = needing('mongo').map((service) => service.toUpperCase());

const secrets = {
  'jwt-secret.env': ['JWT_KEY', 'FACTOR_KEY', 'PASS_KEY']
    .map((key) => `${key}=filled-in-by-the-test-at-full-length`)
    .join('\n'),
  'delivery-secret.env':
    'DELIVERY_KEY=filled-in-by-the-test-at-full-length\nBARCODE_KEY=filled-in-by-the-test-at-full-length',
  'servers-secret.env': 'NATS_PASSWORD=of-nats\nREDIS_PASSWORD=of-redis',
  'replica-sets/mongo-secret.env': [
    'MONGO_KEY=ofTheMembers',
    ...databases.map((name) => `${name}_MONGO_PASSWORD=of-${name}`),
  ].join('\n'),
  'operator.env':
    'OPERATOR_NAME=Example Tickets Ltd\nOPERATOR_ADDRESS=1 Example Lane\nMAIL_SUPPORT=help@operator.example',
  'mail-secret.env': 'SMTP_URL=smtps://user:password@mail.example:465\nMAIL_FROM=tickets@ticketing.example',
  'stripe-secret.env': 'STRIPE_KEY=sk_live_x\nSTRIPE_WEBHOOK_SECRET=whsec_x\nSTRIPE_PUBLISHABLE_KEY=pk_live_x',
  'hosted-mongo/mongo-secret.env': databases.map((name) => `${name}_MONGO_URI=mongodb://db.test/x`).join('\n'),
};

/** A copy of all manifests, to fill in and modify; `remove` deletes it. */
export class Copy {
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ticketing-manifests-'));

  constructor() {
    for (const name of fs.readdirSync(infra).filter((name) => /^(k8s|skaffold)/.test(name)))
      fs.cpSync(path.join(infra, name), this.at(name), { recursive: true });
  }

  at(name: string): string {
    return path.join(this.folder, name);
  }

  /** Writes the secrets production requires. */
  fillIn(): void {
    for (const [file, text] of Object.entries(secrets)) fs.writeFileSync(this.at(`k8s-prod/${file}`), `${text}\n`);
  }

  /** Edits an overlay as a user would, by replacing one line. */
  edit(overlay: string, line: RegExp, replacement: string): void {
    const file = this.at(`${overlay}/Kustomization`);
    const text = fs.readFileSync(file, 'utf8');
    if (!line.test(text)) throw new Error(`${overlay}/Kustomization has no ${String(line)}`);
    fs.writeFileSync(file, text.replace(line, replacement));
  }

  /** An overlay that adds a component to another one. */
  combine(name: string, overlay: string, component: string): string {
    fs.mkdirSync(this.at(name));
    const lines = ['kind: Kustomization', `resources: [../${overlay}]`, `components: [../${component}]`, ''];
    fs.writeFileSync(this.at(`${name}/Kustomization`), lines.join('\n'));
    return this.at(name);
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true });
  }
}
