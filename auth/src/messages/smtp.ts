import { createHash } from 'node:crypto';
import { createTransport, type SendMailOptions } from 'nodemailer';

/** Milliseconds; together less than a message's lease (see queue.ts). */
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, dnsTimeout: 10_000 };

/** How many messages are sent at a time. */
export const AT_ONCE = 5;

/** The provider refuses a message for good: another try would not help. */
export class Refused extends Error {}

/** The provider cannot be reached, or serves nobody at the moment. */
export class ProviderDown extends Error {}

/** What nodemailer says of a failure. */
interface SmtpError extends Error {
  /** The answer's code (RFC 5321), if the server gave one. */
  responseCode?: number;
  command?: string;
}

/** Sends mail by SMTP. */
export function smtp(url: string, from: string) {
  const transport = createTransport({ url, pool: true, maxConnections: AT_ONCE, ...TIMEOUTS } as object);
  const domain = /@([^>\s]+)/.exec(from)?.[1] ?? 'localhost';
  return {
    /**
     * Hands a message over. With one `id` it has one Message-ID, however often it is sent.
     * @throws Refused, ProviderDown, or another error for what may work later
     */
    async send(
      id: string,
      mail: Pick<SendMailOptions, 'to' | 'subject' | 'text' | 'html' | 'attachments'> & {
        headers?: Record<string, string>;
      },
    ): Promise<void> {
      const messageId = `<${createHash('sha256').update(id).digest('hex').slice(0, 32)}@${domain}>`;
      const headers = { 'Auto-Submitted': 'auto-generated', ...mail.headers };
      await transport.sendMail({ ...mail, from, messageId, headers, textEncoding: 'base64' }).catch(sortOut);
    },
    close: () => transport.close(),
  };
}

export type Smtp = ReturnType<typeof smtp>;

function sortOut(error: SmtpError): never {
  const { responseCode = 0, command, message } = error;
  const isOfMessage = command === 'RCPT TO' || command === 'DATA' || command === 'MAIL FROM';
  if (responseCode >= 500 && isOfMessage) throw new Refused(message, { cause: error });
  if (!responseCode || !isOfMessage) throw new ProviderDown(message, { cause: error });
  throw error;
}
