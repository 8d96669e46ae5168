/**
 * Prepares a service's database: its replica set, if the address names one, and the user that the address names.
 * Safe to repeat, and at several places at once.
 * @param uri as the service has it, with user, password and database
 * @param key what the members of the database know each other by: it has all rights
 * @throws Error while the database is out of reach
 */
export function prepareDatabase(uri: string, key: string): Promise<void>;
