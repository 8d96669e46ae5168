import type { AccountBody } from '@ticketing/common';
import { eventually } from './eventually';
import { linkIn, type Mail, type Mailbox } from './mailbox';
import type { Person } from './people';

/** Whom a message is for: a person, or their address if they may be gone by then. */
type Reader = Person | string;

const addressOf = async (reader: Reader) =>
  typeof reader === 'string' ? reader : (await reader.call<AccountBody>('GET', '/api/users/me')).email;

/** What people are told of orders by mail. */
export class Letters {
  private readonly told: { to: string; subject: string; orderId: string }[] = [];

  constructor(private readonly mailbox: Mailbox) {}

  /**
   * Waits until someone was told of an order: the message names it.
   * @param leadsTo the path of the page that the message leads to: sellers read of all their sales on one
   */
  async arrive(reader: Reader, subject: string, orderId: string, leadsTo = '/sales'): Promise<Mail> {
    const to = await addressOf(reader);
    const mail = await eventually(async () => {
      const [found] = await this.about(to, subject, orderId);
      if (found) return found;
      const others = (await this.mailbox.to(to)).map((each) => each.subject);
      throw new Error(`${to} has no “${subject}” about ${orderId}, only: ${others.join(', ')}`);
    });
    expect([subject, new URL(linkIn(mail)).pathname]).toEqual([subject, leadsTo]);
    this.told.push({ to, subject, orderId });
    return mail;
  }

  /** Each message that arrived did so once. */
  async expectOnce(): Promise<void> {
    for (const { to, subject, orderId } of this.told)
      expect([to, subject, (await this.about(to, subject, orderId)).length]).toEqual([to, subject, 1]);
  }

  private about = async (to: string, subject: string, orderId: string) =>
    (await this.mailbox.to(to)).filter((mail) => mail.subject === subject && mail.text.includes(orderId));
}
