/** How prices are written in a stack's currency: an example worth 49.50 in dollars, and how many decimals one may have. */
export interface Pricing {
  price: number;
  decimals: number;
}

/** The pricing of a running stack, which its API tells whoever sends a price that is none. */
export async function pricingOf(url: string): Promise<Pricing> {
  const response = await fetch(`${url}/api/tickets?minPrice=unknown`);
  const { errors } = (await response.json()) as { errors?: { params: Pricing }[] };
  if (!errors?.[0]) throw new Error(`The demo cannot read how prices are written: the API answered ${response.status}`);
  return errors[0].params;
}

/** A demo price, written in dollars, in a stack's currency: no exchange rate, but a price that people there might pay. */
export const priceIn = ({ price, decimals }: Pricing, dollars: string): string =>
  ((Number(dollars) * price) / 49.5).toFixed(decimals);
