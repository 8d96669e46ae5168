import type { RequestHandler, Response } from 'express';
import { Refusal } from './contract';
import { networkOf } from './network';
import { Places, type Limits } from './places';

/**
 * Requests that are served at a time. All together they fit into the heap that a service is given, with room for their
 * answers; one network is a household, a school or an office, or somebody who floods us.
 */
const LIMITS: Limits = { total: 1_000, each: 300 };

const releases = new WeakMap<Response, () => void>();

/** Lets so many requests in at a time, in all (503 beyond) and of one network (429). */
export function admission(limits = LIMITS): RequestHandler {
  const places = new Places(limits);
  return (req, res, next) => {
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

/** Gives the place of a request back whose answer goes on without end: what bounds event streams is `Streams`. */
export const releaseAdmission = (res: Response): void => releases.get(res)?.();
