import { languages, ourMoney, toMajor, type Language, type Logger } from '@ticketing/common';
import { Counter } from 'prom-client';
import type { Elsewhere, Facts, Kind } from '../domain/facts';
import { optionalKinds } from '../domain/messages';
import { readRecipient, type Recipient, type StoredMessage } from '../store';
import { attachmentsOf, toHtml, toText, type Letter } from './letter';
import type { MailedLinks } from './links';
import type { MessageQueue } from './queue';
import { ProviderDown, Refused, type Smtp } from './smtp';
import { texts } from './texts';
import type { Tools } from './texts/types';
import type { Unsubscribing } from './unsubscribing';

const outcomes = new Counter({
  name: 'ticketing_messages_total',
  help: 'Tries to send a message, by how they ended',
  labelNames: ['kind', 'outcome'],
});

/** What a sender works with. */
interface Means {
  queue: MessageQueue;
  links: MailedLinks;
  smtp: Smtp;
  /** The address of the site, for links. */
  site: string;
  unsubscribe: Unsubscribing;
  log: Logger;
}

/**
 * Sends the messages that are due, one after another; several may run at once. Ends when none is due, or the provider
 * cannot be reached.
 */
export function messageSender({ queue, links, smtp, site, unsubscribe, log }: Means) {
  async function send(message: StoredMessage): Promise<'sent' | 'gone' | 'unwanted'> {
    const reader = await readRecipient(message.to);
    const isOptional = optionalKinds.includes(message.kind);
    if (!reader || (isOptional && reader.isUnsubscribed)) {
      await queue.drop(message);
      return reader ? 'unwanted' : 'gone';
    }
    const language = reader.language ?? languages[0];
    const to = addressFor(message) ?? reader.email;
    const letter = await compose(message, language, toolsFor(reader, to, language));
    const { footer } = texts[language];
    await smtp.send(idOf(message), {
      to,
      subject: letter.subject,
      text: toText(letter, footer),
      html: toHtml(letter, footer, language),
      attachments: attachmentsOf(letter),
      ...(isOptional && { headers: unsubscribe.headers(reader._id.toString()) }),
    });
    await queue.sent(message);
    return 'sent';
  }

  const toolsFor = ({ _id }: Recipient, email: string, language: Language): Tools => ({
    page: (path) => new URL(path, site).href,
    price: (minor) => formatPrice(minor, language),
    time: (at, timeZone) => formatTime(at, language, timeZone),
    token: (kind) => links.issue(kind, _id.toString(), email),
    unsubscribe: () => unsubscribe.page(_id.toString()),
  });

  /** Returns whether more may be sent now. */
  async function attempt(message: StoredMessage): Promise<boolean> {
    const { kind } = message;
    try {
      outcomes.inc({ kind, outcome: await send(message) });
      return true;
    } catch (error) {
      const problem = (error as Error).message;
      const isParked = await (error instanceof Refused ? queue.park : queue.postpone)(message, problem);
      outcomes.inc({ kind, outcome: isParked ? 'parked' : 'postponed' });
      const about = { message: message._id, problem };
      if (isParked) log.error(about, 'a message cannot be delivered: it was given up');
      else log.warn(about, 'a message could not be sent yet');
      return !(error instanceof ProviderDown);
    }
  }

  return async () => {
    for (let message = await queue.take(); message; message = await queue.take()) if (!(await attempt(message))) return;
  };
}

/** Of a try: one that the support desk asked for is a message of its own, or mailboxes would hide it. */
const idOf = ({ _id, againAt }: StoredMessage) => (againAt ? `${_id}/${againAt.getTime()}` : _id);

/** Where a message goes that is not for the address of its reader's account. */
const addressFor = ({ facts }: StoredMessage) => (facts as Partial<Elsewhere>).sendTo;

const compose = <K extends Kind>({ kind, facts }: StoredMessage, language: Language, tools: Tools) =>
  (texts[language][kind as K] as (facts: Facts[K], tools: Tools) => Letter | Promise<Letter>)(facts as Facts[K], tools);

const formatPrice = (minor: number, language: Language): string =>
  new Intl.NumberFormat(language, { style: 'currency', currency: ourMoney().currency }).format(toMajor(minor));

const formatTime = (iso: string, language: Language, timeZone: string | null): string =>
  new Intl.DateTimeFormat(language, {
    ...{ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: 'numeric', minute: '2-digit' },
    timeZone: timeZone ?? 'UTC',
    ...(timeZone === null && { timeZoneName: 'short' }),
  }).format(new Date(iso));
