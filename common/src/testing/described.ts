import { isDeepStrictEqual } from 'node:util';
import type { RequestHandler, Response } from 'express';
import { ErrorBody, refusals } from '../contract';
import { apiRoutes, codesOf, type ApiRoute } from '../contract/routes';

/** The API's description and a response differ. */
const UNDESCRIBED = 599;

const patterns = apiRoutes.flatMap((route) =>
  [route.path, ...(route.aliases ?? [])].map((path) => ({
    route,
    pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}/?$`, 'i'),
  })),
);

/** A path without a parameter takes precedence over one with a parameter that also matches. */
const routeOf = (method: string, path: string): ApiRoute | undefined =>
  patterns
    .filter(({ route, pattern }) => route.method === method.toLowerCase().replace('head', 'get') && pattern.test(path))
    .sort((one, other) => one.route.path.split('{').length - other.route.path.split('{').length)[0]?.route;

/** How a response differs from its route's description, if it does. */
function undescribed(route: ApiRoute, status: number, body: unknown): string | undefined {
  if (status >= 400) {
    const { data } = ErrorBody.safeParse(body);
    if (!data || !isDeepStrictEqual(data, body)) return 'this is not an ErrorBody';
    const codes = codesOf(route);
    const strange = data.errors.find(({ code }) => !codes.includes(code) || refusals[code].status !== status);
    return strange && `it may not refuse with ${strange.code} and ${status}`;
  }
  const schema = route.answers[status];
  if (!schema) return schema === null ? undefined : `it may not answer ${status}`;
  if (schema === 'stream') return 'it should respond with a stream';
  const { data, error } = schema.safeParse(body);
  if (error) return error.message;
  return isDeepStrictEqual(data, body) ? undefined : 'it has fields that are not described';
}

/** Whether a route has matched the request, described or not. */
const isServed = ({ req }: Response) => req.route !== undefined;

function reasonOf(route: ApiRoute | undefined, res: Response, body: unknown): string | undefined {
  if (!route) return isServed(res) ? 'its route is not described' : undefined;
  return undescribed(route, res.statusCode, JSON.parse(JSON.stringify(body)));
}

/** Turns every response that does not match the API's description into a failure that says why. */
export const holdToDescription: RequestHandler = (req, res, next) => {
  const route = routeOf(req.method, req.path);
  const isOurs = req.path.startsWith('/api/');
  const fail = (reason: string, body?: unknown) => {
    const undescribed = `${req.method} ${req.path} answered ${res.statusCode}: ${reason}`;
    return res.status(UNDESCRIBED).type('json').send(JSON.stringify({ undescribed, body }));
  };
  const [json, end] = [res.json.bind(res), res.end.bind(res)];
  res.json = (body: unknown) => {
    const reason = isOurs && reasonOf(route, res, body);
    return reason ? fail(reason, body) : json(body);
  };
  res.end = ((...args: Parameters<typeof end>) => {
    const { statusCode, headersSent } = res;
    if (!isOurs || headersSent || statusCode >= 400 || (route ? statusCode in route.answers : !isServed(res)))
      return end(...args);
    res.end = end;
    return fail('it is not described');
  }) as typeof end;
  next();
};
