import { setTimeout as sleep } from 'node:timers/promises';
import { isOutage, languages, ourMoney, type Language, type Logger, type Task } from '@ticketing/common';
import { Counter } from 'prom-client';
import { gatheredKinds, type Elsewhere, type Kind, type Told } from '../domain/facts';
import { optionalKinds } from '../domain/messages';
import { readRecipient, type Recipient, type StoredMessage } from '../store';
import { factsOf, nameOf } from './gathering';
import { attachmentsOf, toHtml, toText, type Letter } from './letter';
import type { MailedLinks } from './links';
import type { MessageQueue } from './queue';
import { AT_ONCE, ProviderDown, ProviderRefuses, Refused, type Smtp } from './smtp';
import { texts } from './texts';
import type { Tools } from './texts/types';
import type { Unsubscribing } from './unsubscribing';

const outcomes = new Counter({
  name: 'ticketing_messages_total',
  help: 'Tries to send a message, by how they ended',
  labelNames: ['kind', 'outcome'],
});

/** How long a whole attempt may take, in milliseconds: well below a message's lease (see queue.ts). */
const TRY = 60_000;
/** The pause before retrying to record that a message was sent. */
const AGAIN = 250;

/** A sender's dependencies and settings. */
interface Means {
  queue: MessageQueue;
  links: MailedLinks;
  smtp: Smtp;
  /** The URL of the site, for links. */
  site: string;
  unsubscribe: Unsubscribing;
  log: Logger;
  /** How long an attempt may take, in milliseconds. */
  patience?: number;
}

/**
 * Sends the messages that are due, one after another; several may run at once. Ends when none is due, or the provider
 * cannot be reached.
 */
export function messageSender({ queue, links, smtp, site, unsubscribe, log, patience = TRY }: Means) {
  /** Delivers a message, unless its recipient is gone or does not want it. */
  async function handOver(message: StoredMessage, signal: AbortSignal): Promise<'sent' | 'gone' | 'unwanted'> {
    const reader = await readRecipient(message.to);
    const isOptional = optionalKinds.includes(message.kind);
    if (!reader) return 'gone';
    if (isOptional && reader.isUnsubscribed) return 'unwanted';
    const language = reader.language ?? languages[0];
    const to = addressFor(message) ?? reader.email;
    const letter = await compose(message, language, toolsFor(reader, to, language));
    const { footer } = texts[language];
    const mail = {
      to,
      subject: letter.subject,
      text: toText(letter, footer),
      html: toHtml(letter, footer, language),
      attachments: attachmentsOf(letter),
      ...(isOptional && { headers: unsubscribe.headers(reader._id.toString()) }),
    };
    signal.throwIfAborted();
    await smtp.send(nameOf(message), mail, signal);
    return 'sent';
  }

  /** A delivered message must not be sent again: if the database is down, that is recorded as soon as it is back. */
  async function note(message: StoredMessage): Promise<void> {
    try {
      await queue.sent(message);
    } catch (error) {
      if (!isOutage(error)) throw error;
      await sleep(AGAIN);
      await note(message);
    }
  }

  const toolsFor = ({ _id }: Recipient, email: string, language: Language): Tools => ({
    page: (path) => new URL(path, site).href,
    price: (minor) => formatPrice(minor, language),
    time: (at, timeZone) => formatTime(at, language, timeZone, timeZone === null),
    deadline: (at, timeZone) => formatTime(at, language, timeZone, true),
    token: (kind) => links.issue(kind, _id.toString(), email),
    unsubscribe: () => unsubscribe.page(_id.toString()),
  });

  /** Postpones or parks a message that could not be delivered. Returns whether others may be sent now. */
  async function putOff(message: StoredMessage, error: Error): Promise<boolean> {
    const [{ kind, _id }, { message: problem }] = [message, error];
    const isParked = await (error instanceof Refused ? queue.park : queue.postpone)(message, problem);
    outcomes.inc({ kind, outcome: isParked ? 'parked' : error instanceof ProviderRefuses ? 'refused' : 'postponed' });
    const about = { message: _id, problem };
    if (isParked) log.error(about, 'message parked: it cannot be delivered');
    else if (error instanceof ProviderRefuses)
      log.error(about, 'the mail provider rejects us: check SMTP_URL and MAIL_FROM');
    else log.warn(about, 'message not sent yet');
    return !(error instanceof ProviderDown);
  }

  /** Returns whether more may be sent now. */
  async function attempt(message: StoredMessage): Promise<boolean> {
    const signal = AbortSignal.timeout(patience);
    let outcome;
    try {
      outcome = await Promise.race([handOver(message, signal), end(signal)]);
    } catch (error) {
      return putOff(message, error as Error);
    }
    await (outcome === 'sent' ? note(message) : queue.drop(message));
    outcomes.inc({ kind: message.kind, outcome });
    return true;
  }

  return async () => {
    for (let message = await queue.take(); message; message = await queue.take()) if (!(await attempt(message))) return;
  };
}

const LOOK_EVERY = 1_000;

/**
 * Senders that run at once, so that one slow recipient does not delay others. Each second one of those at rest looks for
 * messages: while none is due, that is one query.
 */
export function senders(send: () => Promise<void>): Task[] {
  // Not by the machine's clock: it may be set back.
  let lookedAt = -Infinity;
  const run = async () => {
    if (performance.now() < lookedAt + LOOK_EVERY / 2) return;
    lookedAt = performance.now();
    await send();
  };
  return Array<Task>(AT_ONCE).fill({ name: 'send messages', every: LOOK_EVERY, run });
}

/** Recipient of a message that does not go to the account's own address. */
const addressFor = ({ facts }: StoredMessage) => (facts as Partial<Elsewhere>).sendTo;

/** Rejects once an attempt has taken too long. */
const end = (signal: AbortSignal) =>
  new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('It took too long', { cause: signal.reason })));
  });

const compose = <K extends Kind>(message: StoredMessage, language: Language, tools: Tools) =>
  (texts[language][message.kind as K] as (facts: Told<K>, tools: Tools) => Letter | Promise<Letter>)(
    factsOf(message, (gatheredKinds as readonly Kind[]).includes(message.kind)) as Told<K>,
    tools,
  );

/** As the site writes it: some currencies have decimals that no price uses. */
function formatPrice(minor: number, language: Language): string {
  const { currency, digits, toMajor } = ourMoney();
  const decimals = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(language, { style: 'currency', currency, ...decimals }).format(toMajor(minor));
}

const formatTime = (iso: string, language: Language, timeZone: string | null, isZoned: boolean): string =>
  new Intl.DateTimeFormat(language, {
    ...{ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: 'numeric', minute: '2-digit' },
    timeZone: timeZone ?? 'UTC',
    ...(isZoned && { timeZoneName: 'short' }),
  }).format(new Date(iso));
