/** The state of an order's money, in minor units: authorized money is held, captured or canceled. */
export interface Money {
  held: number;
  captured: number;
  canceled: number;
  refunded: number;
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

  private async call(method: string, path: string, body?: object): Promise<unknown> {
    const headers = { authorization: 'Bearer sk_test_emulator', 'content-type': 'application/json' };
    const response = await fetch(this.url + path, { method, headers, body: body && JSON.stringify(body) });
    const text = await response.text();
    if (!response.ok)
      throw new Error(`${method} ${path} at Stripe's emulator was answered ${response.status}: ${text}`);
    return text && JSON.parse(text);
  }
}
