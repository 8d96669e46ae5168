import { z } from 'zod';
import { invalidRequest } from '../domain/errors';
import type { FormFields } from './form';

/** The parameters of an endpoint: those that matter here, and those that Stripe accepts but the emulator ignores. */
export interface Params<S extends z.ZodObject> {
  fields: S;
  ignored: readonly string[];
}

/** Parameters of every endpoint that answers with objects. */
const COMMON = ['expand'];

/**
 * Parses parameters, or throws the 400 that Stripe would return (Stripe docs: "Errors", "Error codes"). An empty string
 * means that the parameter is not set.
 */
export function readParams<S extends z.ZodObject>(params: Params<S>, form: FormFields): z.infer<S> {
  const known = new Set([...Object.keys(params.fields.shape), ...params.ignored, ...COMMON]);
  const unknown = Object.keys(form).find((name) => !known.has(name));
  if (unknown !== undefined) throw unknownParameter(unknown);
  const given = Object.fromEntries(Object.entries(form).filter(([, value]) => value !== ''));
  const result = params.fields.safeParse(given, { reportInput: true });
  if (result.success) return result.data;
  throw refusal(result.error.issues);
}

function refusal([issue]: z.core.$ZodIssue[]): Error {
  if (!issue) return invalidRequest('Invalid parameters');
  const param = paramName(issue.path);
  if (issue.code === 'unrecognized_keys') return unknownParameter(paramName([...issue.path, issue.keys[0] ?? '']));
  if (issue.code === 'custom') return invalidRequest(issue.message, { code: codeOf(issue.params), param });
  if (issue.input === undefined) {
    return invalidRequest(`Missing required param: ${param}.`, { code: 'parameter_missing', param });
  }
  if (issue.code === 'invalid_value') {
    return invalidRequest(`Invalid ${param}: must be one of ${issue.values.map(String).join(', ')}`, {
      param,
    });
  }
  return invalidRequest(`Invalid ${param}: ${issue.message}`, { param });
}

function codeOf(params: Record<string, unknown> | undefined): string | undefined {
  return typeof params?.code === 'string' ? params.code : undefined;
}

/** `['card', 'token']` is `card[token]`. */
function paramName([head, ...tail]: readonly PropertyKey[]): string {
  return [String(head), ...tail.map((part) => `[${String(part)}]`)].join('');
}

function unknownParameter(param: string): Error {
  return invalidRequest(`Received unknown parameter: ${param}`, { code: 'parameter_unknown', param });
}

/** A whole number in a form. */
export const integer = z.string().transform((text, context) => {
  if (/^-?\d{1,15}$/.test(text)) return Number(text);
  context.addIssue({
    code: 'custom',
    message: `Invalid integer: ${text}`,
    params: { code: 'parameter_invalid_integer' },
  });
  return z.NEVER;
});

export const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

/** A list in a form: an object with indices. */
export const list = z.record(z.string(), z.string()).transform((fields) => Object.values(fields));

/** Key-value pairs of the caller's own (Stripe docs: "Metadata"); an empty value unsets its key. */
export const metadata = z.record(z.string().max(40), z.string().max(500));

/** A URL that a browser may be redirected to. */
export const webAddress = z.url({ protocol: /^https?$/, error: 'Not a valid URL' });
