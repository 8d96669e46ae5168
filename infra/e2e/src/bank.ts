/** The state of an order's money, in minor units: authorized money is held, captured or canceled. */
export interface Money {
  held: number;
  captured: number;
  canceled: number;
  refunded: number;
}

interface List<T> {
  data: T[];
  has_more: boolean;
}

interface Transfer {
  id: string;
  amount: number;
  amount_reversed: number;
  destination: string;
}

interface Dispute {
  id: string;
  status: string;
  evidence: { uncategorized_text: string | null };
}

interface Ledger {
  totals: Money;
  orders: (Money & { intents: { id: string; status: string }[] })[];
}

/** The Stripe emulator, queried and controlled behind the system's back. */
export class Bank {
  /** @param url the emulator's address, on its own loopback: it takes orders from nowhere else */
  constructor(private readonly url: string) {}

  /** The money of an order; all 0 if none was ever authorized. */
  async moneyOf(orderId: string): Promise<Money> {
    const { held, captured, canceled, refunded } = (await this.ledger(`?orderId=${orderId}`)).totals;
    return { held, captured, canceled, refunded };
  }

  /** The money of all orders together. */
  totals = async () => (await this.ledger()).totals;

  /** The buyer's answer to the latest 3-D Secure challenge of an order. */
  async answerChallenge(orderId: string, outcome: 'approve' | 'fail'): Promise<void> {
    const intent = await this.lastIntent(orderId);
    await this.call('POST', `/_test/payment_intents/${intent}/authenticate`, { outcome });
  }

  async receiptEmail(orderId: string): Promise<unknown> {
    const intent = (await this.call('GET', `/v1/payment_intents/${await this.lastIntent(orderId)}`)) as {
      receipt_email: unknown;
    };
    return intent.receipt_email;
  }

  /** What was transferred to an order's seller, less what was taken back. */
  async transferredFor(orderId: string): Promise<number> {
    const { data } = (await this.call('GET', `/v1/transfers?transfer_group=${orderId}&limit=100`)) as List<Transfer>;
    return data.reduce((sum, { amount, amount_reversed: back }) => sum + amount - back, 0);
  }

  /** What all sellers together have got. */
  async transferredInAll(): Promise<number> {
    let sum = 0;
    for (let after = '', more = true; more;) {
      const page = (await this.call('GET', `/v1/transfers?limit=100${after}`)) as List<Transfer>;
      sum += page.data.reduce((total, { amount, amount_reversed: back }) => total + amount - back, 0);
      after = `&starting_after=${page.data.at(-1)?.id}`;
      more = page.has_more;
    }
    return sum;
  }

  /** The account that an order's transfer went to. */
  async payeeOf(orderId: string): Promise<string> {
    const { data } = (await this.call('GET', `/v1/transfers?transfer_group=${orderId}`)) as List<Transfer>;
    if (!data[0]) throw new Error(`Nothing was transferred for the order ${orderId}`);
    return data[0].destination;
  }

  /** Walks through the pages that a link of the onboarding leads to, and names a bank account there. */
  async onboard(link: string, bank = '000123456789'): Promise<void> {
    const body = new URLSearchParams({ outcome: 'complete', bank });
    const { status } = await fetch(link, { method: 'POST', body, redirect: 'manual' });
    if (status !== 303) throw new Error(`Stripe's pages answered ${status}`);
  }

  /** Stripe finds out something, and asks an account for more before it gets money. */
  restrict = (account: string) => this.call('POST', `/_test/accounts/${account}/onboard`, { outcome: 'restrict' });

  /** Pays out all that an account has to its bank: nothing is left to be taken back. */
  empty = (account: string) => this.call('POST', '/_test/payouts', { account });

  /** The buyer asks their bank for the money, which asks Stripe. Returns the dispute. */
  async dispute(orderId: string): Promise<string> {
    const intent = await this.lastIntent(orderId);
    return ((await this.call('POST', `/_test/payment_intents/${intent}/dispute`)) as Dispute).id;
  }
  disputeAt = (id: string) => this.call('GET', `/v1/disputes/${id}`) as Promise<Dispute>;
  closeDispute = (id: string, outcome: 'won' | 'lost') => this.call('POST', `/_test/disputes/${id}/close`, { outcome });

  /**
   * Refunds an order as people do it in Stripe's dashboard.
   * @param amount in minor units; the rest, if not given
   */
  async refund(orderId: string, amount?: number): Promise<void> {
    const part = amount !== undefined && { amount: `${amount}` };
    await this.call('POST', '/v1/refunds', undefined, { payment_intent: await this.lastIntent(orderId), ...part });
  }

  /** The buyer's bank returns what was refunded last. Returns that refund. */
  async failRefund(orderId: string): Promise<unknown> {
    const query = `payment_intent=${await this.lastIntent(orderId)}`;
    const [last] = ((await this.call('GET', `/v1/refunds?${query}`)) as List<{ id: string }>).data;
    return this.call('POST', `/_test/refunds/${last?.id}/fail`);
  }

  /** Adds a fault: see the emulator's README. */
  arm = (fault: object) => this.call('POST', '/_test/faults', fault);
  disarm = () => this.call('DELETE', '/_test/faults');

  private async lastIntent(orderId: string): Promise<string> {
    const { orders } = await this.ledger(`?orderId=${orderId}`);
    const intent = orders[0]?.intents.at(-1);
    if (!intent) throw new Error(`Stripe knows no intent of the order ${orderId}`);
    return intent.id;
  }

  private ledger = (query = '') => this.call('GET', `/_test/ledger${query}`) as Promise<Ledger>;

  /** @param form what Stripe's own API takes, instead of JSON */
  private async call(method: string, path: string, body?: object, form?: Record<string, string>): Promise<unknown> {
    const headers = { authorization: 'Bearer sk_test_emulator', ...(body && { 'content-type': 'application/json' }) };
    const sent = form ? new URLSearchParams(form) : body && JSON.stringify(body);
    const response = await fetch(this.url + path, { method, headers, body: sent });
    const text = await response.text();
    if (!response.ok)
      throw new Error(`${method} ${path} at Stripe's emulator responded with ${response.status}: ${text}`);
    return text && JSON.parse(text);
  }
}
