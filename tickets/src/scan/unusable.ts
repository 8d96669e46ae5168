/** Why a file is refused; each has its own refusal. */
export type Problem = 'broken' | 'encrypted' | 'too-large' | 'unknown';

export class Unusable extends Error {
  constructor(readonly problem: Problem) {
    super(problem);
  }
}
