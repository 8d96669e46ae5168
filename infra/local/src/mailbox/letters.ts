import fs from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { simpleParser, type ParsedMail } from 'mailparser';

/** A letter in the list. */
export interface Entry {
  id: number;
  to: string;
  from: string;
  subject: string;
  date: string;
}

/** How many letters are shown and kept. */
const MOST = 1_000;

/** A letter's recipients, from its header. */
export const recipientsOf = ({ to = [] }: Pick<ParsedMail, 'to'>): string =>
  [to]
    .flat()
    .map(({ text }) => text)
    .join(', ');

/** The received mail, one file each. */
export class Letters {
  private readonly entries: Entry[] = [];
  private last = 0;
  private readonly known: Promise<void>;

  constructor(private readonly folder: string) {
    fs.mkdirSync(folder, { recursive: true });
    const ids = fs.readdirSync(folder).map((file) => Number(path.parse(file).name));
    this.last = Math.max(0, ...ids.filter(Number.isInteger));
    this.known = this.readAll(ids.filter((id) => id > this.last - MOST).sort((a, b) => a - b));
  }

  /** Stores a letter; it is on disk when this resolves. */
  async add(source: Readable): Promise<void> {
    const id = ++this.last;
    const draft = `${this.fileOf(id)}.part`;
    await pipeline(source, fs.createWriteStream(draft, { flush: true }));
    fs.renameSync(draft, this.fileOf(id));
    await this.note(id);
    if (id > MOST) fs.rmSync(this.fileOf(id - MOST), { force: true });
  }

  /** Newest first. */
  async list(): Promise<Entry[]> {
    await this.known;
    return this.entries.slice(-MOST).reverse();
  }

  /** A letter's source; undefined if there is none. */
  raw(id: number): Buffer | undefined {
    return fs.existsSync(this.fileOf(id)) ? fs.readFileSync(this.fileOf(id)) : undefined;
  }

  async read(id: number): Promise<ParsedMail | undefined> {
    const raw = this.raw(id);
    return raw && simpleParser(raw);
  }

  private fileOf = (id: number) => path.join(this.folder, `${id}.eml`);

  private async readAll(ids: number[]): Promise<void> {
    for (const id of ids) await this.note(id);
  }

  private async note(id: number): Promise<void> {
    const mail = await this.read(id);
    if (!mail) return;
    const date = (mail.date ?? fs.statSync(this.fileOf(id)).mtime).toISOString();
    this.entries.push({ id, to: recipientsOf(mail), from: mail.from?.text ?? '', subject: mail.subject ?? '', date });
  }
}
