import type * as argon2 from '@node-rs/argon2';

/** Makes the next hash, or the next comparison with one, take until the returned function is called, and perhaps fail. */
function holdNext<A extends unknown[], R>(
  mocked: jest.MockInstance<Promise<R>, A>,
  real: (...asked: A) => Promise<R>,
  failure?: Error,
): () => void {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  mocked.mockImplementationOnce(async (...asked) => {
    await held;
    if (failure) throw failure;
    return real(...asked);
  });
  return release;
}

const real = () => jest.requireActual<typeof argon2>('@node-rs/argon2');

export const holdHash = (hash: jest.MockedFunction<typeof argon2.hash>) => holdNext(hash, real().hash);

export const holdVerify = (verify: jest.MockedFunction<typeof argon2.verify>, failure?: Error) =>
  holdNext(verify, real().verify, failure);
