import type * as argon2 from '@node-rs/argon2';

/** Makes the next hash take until the returned function is called. */
export function holdHash(hash: jest.MockedFunction<typeof argon2.hash>): () => void {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const { hash: real } = jest.requireActual<typeof argon2>('@node-rs/argon2');
  hash.mockImplementationOnce(async (...asked) => {
    await held;
    return real(...asked);
  });
  return release;
}
