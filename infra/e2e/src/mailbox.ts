import { eventually } from './eventually';

/** A message in the stack's mailbox. */
export interface Mail {
  id: number;
  to: string;
  subject: string;
  text: string;
  html: string;
}

/** The mailbox that receives all messages of a system. */
export class Mailbox {
  constructor(readonly url: string) {}

  /** Its messages, newest first: a thousand at most. */
  entries = () => this.get<Pick<Mail, 'id' | 'to' | 'subject'>[]>('/letters');

  /** The messages to an address, newest first. */
  async to(address: string): Promise<Mail[]> {
    const own = (await this.entries()).filter(({ to }) => to === address);
    return Promise.all(own.map(async (entry) => ({ ...entry, ...(await this.get<Mail>(`/letters/${entry.id}`)) })));
  }

  /** Waits for a message to an address. */
  received = (address: string, subject: string | RegExp): Promise<Mail> =>
    eventually(async () => {
      const mails = await this.to(address);
      const mail = mails.find((each) =>
        typeof subject === 'string' ? each.subject === subject : subject.test(each.subject),
      );
      if (!mail) throw new Error(`${address} has only: ${mails.map((each) => each.subject).join(', ')}`);
      return mail;
    });

  private async get<T>(path: string): Promise<T> {
    return (await (await fetch(this.url + path)).json()) as T;
  }
}

/** The first link in a message. */
export const linkIn = ({ text }: Mail): string => /https?:\/\/\S+/.exec(text)?.[0] ?? '';
