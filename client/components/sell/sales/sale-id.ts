/** The id of a sale's element on its seller's page. */
export const saleId = (orderId: string): string => `sale-${orderId}`;
