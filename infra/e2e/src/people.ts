import { randomBytes } from 'node:crypto';
import type {
  AccountBody,
  Caller,
  ErrorBody,
  OrderBody,
  PaymentBody,
  PayoutBody,
  Role,
  SaleBody,
  SellerBody,
  TicketBody,
  UploadBody,
  UserBody,
} from '@ticketing/common';
import { sessions } from '@ticketing/common/session';
import { decode, sign, type JwtPayload } from 'jsonwebtoken';
import { eventually } from './eventually';
import { onceHeard } from './heard';
import { linkIn, type Mail, type Mailbox } from './mailbox';

/** An API refusal, with its status and first error message. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    body: string,
    readonly errors = reasonsIn(body),
  ) {
    super(errors[0]?.message ?? body);
  }
}

function reasonsIn(body: string): ErrorBody['errors'] {
  return body.startsWith('{"errors"') ? (JSON.parse(body) as ErrorBody).errors : [];
}

/** A card's token or a Stripe payment method. */
export type Card = { token: string } | { paymentMethodId: string };

export const visa: Card = { token: 'tok_visa' };
export const declinedCard: Card = { token: 'tok_chargeDeclined' };
export const poorCard: Card = { token: 'tok_chargeDeclinedInsufficientFunds' };
export const secureCard: Card = { paymentMethodId: 'pm_card_authenticationRequired' };

const PASSWORD = 'correct horse battery';

/** A user of the API. Every call throws Refused unless the response is 2xx. */
export class Person {
  /** @param cookie the session; without one they are signed out */
  constructor(
    private readonly url: string,
    private cookie = '',
  ) {}

  static async signUp(url: string, email = newEmail()): Promise<Person> {
    const person = new Person(url);
    await person.call('POST', '/api/users/signup', { email, password: PASSWORD });
    return person;
  }

  /** The Cookie header of their session. */
  get session(): string {
    return this.cookie;
  }

  signIn = (email: string) => this.call<UserBody>('POST', '/api/users/signin', { email, password: PASSWORD });
  signOut = () => this.call('POST', '/api/users/signout');
  changePassword = (newPassword: string) =>
    this.call<UserBody>('PUT', '/api/users/me', { newPassword, currentPassword: PASSWORD });

  browse = () => this.call<TicketBody[]>('GET', '/api/tickets');
  ticket = (id: string) => this.call<TicketBody>('GET', `/api/tickets/${id}`);
  list = (title: string, price: number | string) => this.call<TicketBody>('POST', '/api/tickets', { title, price });
  edit = (id: string, title: string, price: number) =>
    this.call<TicketBody>('PUT', `/api/tickets/${id}`, { title, price });
  withdraw = (id: string) => this.call('DELETE', `/api/tickets/${id}`);

  /** All orders, newest first; at most a hundred open ones. */
  async orders(status?: 'open'): Promise<OrderBody[]> {
    const orders: OrderBody[] = [];
    for (;;) {
      const cursor = orders.length > 0 ? `&cursor=${orders.at(-1)?.id}` : '';
      const query = status ? `status=${status}` : `limit=100${cursor}`;
      const page = await this.call<OrderBody[]>('GET', `/api/orders?${query}`);
      orders.push(...page);
      if (status || page.length < 100) return orders;
    }
  }
  order = (id: string) => this.call<OrderBody>('GET', `/api/orders/${id}`);
  hold = (ticketId: string) => onceHeard(() => this.call<OrderBody>('POST', '/api/orders', { ticketId }));
  cancel = (orderId: string) => this.call('DELETE', `/api/orders/${orderId}`);

  payment = (orderId: string) => this.call<PaymentBody>('GET', `/api/payments/${orderId}`);
  pay = (orderId: string, card = visa) =>
    onceHeard(() => this.call<PaymentBody>('POST', '/api/payments', { orderId, ...card }));

  sell = (listing: object) => this.call<TicketBody>('POST', '/api/tickets', listing);
  sales = () => this.call<SaleBody[]>('GET', '/api/orders/sales?limit=100');
  claim = (orderId: string, input: object) => this.call<OrderBody>('POST', `/api/orders/${orderId}/claim`, input);
  answer = (orderId: string, text: string) =>
    this.call<SaleBody>('POST', `/api/orders/${orderId}/claim/answer`, { text });
  giveBack = (orderId: string) => this.call<SaleBody>('POST', `/api/orders/${orderId}/refund`);
  /** Opens the link that was sent to their address. */
  async confirmAddress(mailbox: Mailbox) {
    const { email } = await this.call<AccountBody>('GET', '/api/users/me');
    await this.follow(await mailbox.received(email, 'Confirm your email address'));
  }
  /** Changes the address of their account, whose current one is confirmed. */
  async moveTo(email: string, mailbox: Mailbox) {
    await this.call('PUT', '/api/users/me', { email, currentPassword: PASSWORD });
    await this.follow(await mailbox.received(email, 'Confirm your new email address'));
  }
  private async follow(mail: Mail) {
    await this.call('POST', '/api/users/confirm', { token: new URL(linkIn(mail)).hash.replace('#token=', '') });
  }
  /** The URL of Stripe's onboarding; first they confirm their address, which payments learns a moment later. */
  async setUpPayouts(mailbox: Mailbox) {
    await this.confirmAddress(mailbox);
    return this.payoutsPage();
  }
  payoutsPage = () => eventually(async () => (await this.call<{ url: string }>('POST', '/api/payments/seller')).url);
  seller = () => this.call<SellerBody>('GET', '/api/payments/seller');
  payouts = () => this.call<PayoutBody[]>('GET', '/api/payments/payouts?limit=100');
  payout = async (orderId: string) =>
    (await this.call<PayoutBody[]>('GET', `/api/payments/payouts?orderIds=${orderId}`))[0];

  /** Hands over a link, a code or a note. */
  handOver = (ticketId: string, transfer: object) =>
    this.call<TicketBody>('PUT', `/api/tickets/${ticketId}/delivery`, { transfer });

  /** Starts an upload of that many bytes. */
  begin = (ticketId: string, size: number) =>
    this.call<UploadBody>('POST', `/api/tickets/${ticketId}/delivery/uploads`, { size });

  /** Hands over a file. */
  async upload(ticketId: string, file: Buffer): Promise<TicketBody> {
    const uploads = `/api/tickets/${ticketId}/delivery/uploads`;
    const { id, partSize } = await this.begin(ticketId, file.length);
    for (let part = 0; part * partSize < file.length; part++)
      await this.call('PUT', `${uploads}/${id}/parts/${part}`, file.subarray(part * partSize, (part + 1) * partSize));
    return this.call<TicketBody>('POST', `${uploads}/${id}/complete`);
  }

  /** What was handed over: a file's bytes, or a transfer as JSON. */
  received = async (ticketId: string): Promise<Buffer> => {
    const response = await this.send('GET', `/api/tickets/${ticketId}/delivery`);
    return Buffer.from(await response.arrayBuffer());
  };

  /**
   * @param body sent as JSON, unless it is bytes
   * @throws Refused, or TypeError without a response
   */
  async call<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await this.send(method, path, body);
    const text = await response.text();
    return (text ? JSON.parse(text) : undefined) as T;
  }

  private async send(method: string, path: string, body?: object): Promise<Response> {
    const isBytes = body instanceof Uint8Array;
    const type = isBytes ? 'application/octet-stream' : 'application/json';
    const response = await fetch(this.url + path, {
      method,
      headers: { cookie: this.cookie, ...(body && { 'content-type': type }) },
      body: isBytes ? new Uint8Array(body) : body && JSON.stringify(body),
    });
    if (!response.ok) throw new Refused(response.status, await response.text());
    const session = response.headers.getSetCookie().find((line) => /^(__Host-)?session=/.test(line));
    if (session) this.cookie = session.split(';')[0] ?? '';
    return response;
  }
}

export const newEmail = () => `${randomBytes(8).toString('hex')}@example.com`;

const newId = () => randomBytes(12).toString('hex');

/** Someone without an account. */
export const stranger = (): Caller => ({ id: newId(), email: newEmail() });

/** Someone whose session is signed here, without auth. */
export function signedIn(url: string, jwtKey: string, person: Caller, role?: Role): Person {
  const jwt = sessions([jwtKey], { has: () => false }).sign(person, { sid: newId(), generation: 0, role });
  return new Person(url, `session=${Buffer.from(JSON.stringify({ jwt })).toString('base64')}`);
}

/** The same person and session, as if its token had been issued this many seconds ago. */
export function aged(jwtKey: string, cookie: string, seconds: number): string {
  const { jwt } = JSON.parse(Buffer.from(cookie.replace('session=', ''), 'base64').toString()) as { jwt: string };
  const payload = decode(jwt) as JwtPayload;
  const token = sign({ ...payload, iat: (payload.iat ?? 0) - seconds }, jwtKey);
  return `session=${Buffer.from(JSON.stringify({ jwt: token })).toString('base64')}`;
}

/** Many people at once: hashing a password takes a quarter of a second each. */
export const crowd = (url: string, jwtKey: string, size: number): Person[] =>
  Array.from({ length: size }, () => signedIn(url, jwtKey, stranger()));
