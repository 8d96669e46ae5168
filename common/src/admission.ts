import type { RequestHandler, Response } from 'express';
import { networkOf, Refusal } from './contract';
import { Places, type Limits } from './contract/places';

/**
 * Concurrent requests: in total, so that the responses fit into the service's heap; and per network, which may be a
 * household, a school, an office or an attacker.
 */
const LIMITS: Limits = { total: 1_000, each: 300 };

/** Maximum header fields per request, as in Apache: thousands of tiny ones take up many times their size in memory. */
export const MOST_FIELDS = 100;

const releases = new WeakMap<Response, () => void>();

/** Limits concurrent requests, in total (503 beyond) and per network (429), and their header fields (400). */
export function admission(limits = LIMITS): RequestHandler {
  const places = new Places(limits);
  return (req, res, next) => {
    if (req.rawHeaders.length > 2 * MOST_FIELDS) throw new Refusal('request-unreadable');
    const leave = places.take(networkOf(req.ip));
    if (!leave) throw new Refusal(places.full ? 'unavailable' : 'too-many-requests', { retryAfter: 1 });
    const once = () => {
      if (releases.delete(res)) leave();
    };
    releases.set(res, once);
    res.once('close', once);
    next();
  };
}

/** Frees the place of a request whose response never ends: `Streams` limits event streams. */
export const releaseAdmission = (res: Response): void => releases.get(res)?.();
