import { refusals, type RefusalCode } from './refusals';

/** Values of a refusal: prices in major units, times in ISO 8601. */
export type RefusalParams = Record<string, string | number>;

type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;

/** The values required by a code's message. */
export type ParamsOf<Code extends RefusalCode> = Record<Names<(typeof refusals)[Code]['message']>, string | number>;

/** A refusal's code and values. */
export interface Problem {
  code: RefusalCode;
  params?: RefusalParams;
}

/** The English message of a problem. */
export const messageOf = ({ code, params = {} }: Problem): string =>
  refusals[code].message.replace(/\{(\w+)\}/g, (place, name: string) => String(params[name] ?? place));

interface Where {
  /** The invalid input field, if any. */
  field?: string;
  /** Seconds until it makes sense to retry. */
  retryAfter?: number;
}

/**
 * A refused request: the client gets the status, code and message from `refusals`. Any other thrown error is a fault:
 * logged, and answered with a 500 that does not reveal its cause.
 */
export class Refusal<Code extends RefusalCode = RefusalCode> extends Error {
  readonly code: Code;
  readonly params?: RefusalParams;
  readonly field?: string;
  readonly retryAfter?: number;

  constructor(
    code: Code,
    ...[{ params, field, retryAfter } = {}]: [Names<(typeof refusals)[Code]['message']>] extends [never]
      ? [(Where & { params?: undefined })?]
      : [Where & { params: ParamsOf<Code> }]
  ) {
    super(messageOf({ code, params }));
    this.code = code;
    this.params = params;
    this.field = field;
    this.retryAfter = retryAfter;
  }

  /** HTTP status of the response. */
  get status(): number {
    return refusals[this.code].status;
  }
}
