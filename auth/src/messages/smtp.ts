import { createHash } from 'node:crypto';
import { createTransport, type SendMailOptions } from 'nodemailer';

/** Milliseconds, for each step; the signal ends a whole attempt. */
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, dnsTimeout: 10_000 };

/** How many messages are sent at a time. */
export const AT_ONCE = 5;

/** The provider permanently rejects a message: retrying would not help. */
export class Refused extends Error {}

/** The provider is unreachable or temporarily out of service. */
export class ProviderDown extends Error {}

/** The provider permanently rejects us, whatever the message: our sender, password or configuration is wrong. */
export class ProviderRefuses extends ProviderDown {}

/** A nodemailer error. */
interface SmtpError extends Error {
  /** The reply code (RFC 5321), if the server sent one. */
  responseCode?: number;
  response?: string;
  command?: string;
  /** nodemailer's own code. */
  code?: string;
}

/** Sends mail by SMTP. */
export function smtp(url: string, from: string) {
  const transport = createTransport({ url, pool: true, maxConnections: AT_ONCE, ...TIMEOUTS } as object);
  const domain = /@([^>\s]+)/.exec(from)?.[1] ?? 'localhost';
  return {
    /**
     * Sends a message. With the same `id` it has the same Message-ID, however often it is sent.
     * @param signal aborts the attempt and its connection: what was not accepted by then will not be
     * @throws Refused, ProviderDown, or another error for anything that may work later
     */
    async send(
      id: string,
      mail: Pick<SendMailOptions, 'to' | 'subject' | 'text' | 'html' | 'attachments'> & {
        headers?: Record<string, string>;
      },
      signal: AbortSignal,
    ): Promise<void> {
      const messageId = `<${createHash('sha256').update(id).digest('hex').slice(0, 32)}@${domain}>`;
      const headers = { 'Auto-Submitted': 'auto-generated', ...mail.headers };
      await transport.sendMail({ ...mail, from, messageId, headers, signal, textEncoding: 'base64' }).catch(sortOut);
    },
    close: () => transport.close(),
  };
}

export type Smtp = ReturnType<typeof smtp>;

/** Responses that concern us, at whatever step: missing authentication, unknown command. */
const ABOUT_US = new Set([500, 502, 503, 504, 530, 534, 535, 538]);
/** The same by enhanced codes (RFC 3463): our address, their system, the protocol, our credentials; or as text. */
const ABOUT_US_TOO = /\b5\.(?:1\.[78]|3\.[25]|5\.[1-9]|7\.(?:[89]|14))\b|\brelay/i;

/** Whether a response concerns the recipient or the content, not the sender. */
function isOfMessage({ responseCode = 0, response = '', command, code, message }: SmtpError): boolean {
  // Rejected by nodemailer itself, before it reaches the server.
  if (!responseCode) return code === 'EMESSAGE' || (code === 'EENVELOPE' && /recipient/i.test(message));
  if (responseCode === 552) return true;
  const isAsked = command === 'RCPT TO' || command === 'DATA';
  return isAsked && responseCode !== 421 && !ABOUT_US.has(responseCode) && !ABOUT_US_TOO.test(response);
}

function sortOut(error: SmtpError): never {
  const { responseCode = 0, message } = error;
  const [isForGood, options] = [responseCode >= 500, { cause: error }];
  if (!isOfMessage(error)) throw new (isForGood ? ProviderRefuses : ProviderDown)(message, options);
  if (isForGood || !responseCode) throw new Refused(message, options);
  throw error;
}
