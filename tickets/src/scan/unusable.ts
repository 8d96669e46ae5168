/** Why a file is not taken; each is a refusal of its own. */
export type Problem = 'broken' | 'encrypted' | 'too-large' | 'unknown';

export class Unusable extends Error {
  constructor(readonly problem: Problem) {
    super(problem);
  }
}
