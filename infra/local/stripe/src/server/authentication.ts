import type { Request } from 'express';
import { invalidRequest } from '../domain/errors';

/**
 * Any secret key is accepted, as a Bearer token or as the user name of Basic auth (Stripe docs: "Authentication").
 * @throws 401 without one
 */
export function authenticate(request: Request): void {
  const [scheme = '', credentials = ''] = (request.get('authorization') ?? '').split(' ');
  const key = /^basic$/i.test(scheme) ? userName(credentials) : credentials;
  if (!key) {
    const message =
      'You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer ' +
      "auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').";
    throw invalidRequest(message, {}, 401);
  }
  if (!/^sk_\w{3,}$/.test(key)) {
    throw invalidRequest(`Invalid API Key provided: ${key.slice(0, 3)}****${key.slice(-2)}`, {}, 401);
  }
}

function userName(credentials: string): string {
  return Buffer.from(credentials, 'base64').toString().split(':')[0] ?? '';
}
