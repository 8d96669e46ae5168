/** The services that the support desk queries, by their routes. */
export const services = ['users', 'tickets', 'orders', 'payments'] as const;
export type Service = (typeof services)[number];

export const isService = (name: string): name is Service => (services as readonly string[]).includes(name);
