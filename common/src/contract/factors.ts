import { z } from 'zod';
import { presentPassword } from './bodies';
import { field, text } from './fields';
import { passkeyName } from './limits';

/** HTTP API bodies of passkeys and two-step sign-in. Times are ISO 8601 in UTC. */

const Time = z.iso.datetime();
const Count = z.int().min(0);
const Id = z.string().regex(/^[0-9a-f]{24}$/);

export const PasskeyBody = z.object({
  id: Id,
  /** Its name, chosen by its owner. */
  name: z.string(),
  createdAt: Time,
  /** Null if never used to sign in. */
  lastUsedAt: Time.nullable(),
});
export type PasskeyBody = z.infer<typeof PasskeyBody>;

/** GET /api/users/me/factors: how the caller may sign in, other than by password. */
export const FactorsBody = z.object({
  /** Whether a password alone is not enough. */
  isTwoStep: z.boolean(),
  /** Whether codes from an authenticator app are accepted. */
  hasApp: z.boolean(),
  /** Number of unused recovery codes. */
  recoveryCodes: Count,
  passkeys: z.array(PasskeyBody),
});
export type FactorsBody = z.infer<typeof FactorsBody>;

/** The browser's options for creating or using a passkey, as JSON (Web Authentication, level 3). */
export const PasskeyOptionsBody = z.record(z.string(), z.unknown());
export type PasskeyOptionsBody = z.infer<typeof PasskeyOptionsBody>;

/** POST /api/users/me/app: for setting up an authenticator app. */
export const AppBody = z.object({
  /** In base32, for typing. */
  secret: z.string(),
  /** An `otpauth:` URI, for scanning. */
  url: z.string(),
});
export type AppBody = z.infer<typeof AppBody>;

/** New recovery codes, shown only this once. Empty if there are no new ones. */
export const RecoveryCodesBody = z.object({ recoveryCodes: z.array(z.string()) });
export type RecoveryCodesBody = z.infer<typeof RecoveryCodesBody>;

/** A browser's passkey response: base64url, bounded by what authenticators send. */
const encoded = (max: number) => z.string().max(max);
const answer = <S extends z.ZodRawShape>(response: S) =>
  z.object({
    id: encoded(1_400),
    rawId: encoded(1_400),
    type: z.literal('public-key'),
    authenticatorAttachment: z.string().max(50).nullish().catch(undefined),
    // No extensions are requested, and the size of their output is unbounded.
    clientExtensionResults: z.unknown().transform(() => ({})),
    response: z.object({ clientDataJSON: encoded(4_000), ...response }),
  });
const NewPasskey = answer({
  attestationObject: encoded(40_000),
  transports: z.array(z.string().max(30)).max(10).nullish().catch(undefined),
});
const PasskeyAnswer = answer({
  authenticatorData: encoded(4_000),
  signature: encoded(8_000),
  userHandle: encoded(100).nullish(),
});
export type NewPasskey = z.output<typeof NewPasskey>;
export type PasskeyAnswer = z.output<typeof PasskeyAnswer>;

const credential = <T>(schema: z.ZodType<T>) =>
  field<T>(
    (input) => {
      const { data } = schema.safeParse(input);
      return data === undefined ? { problem: { code: 'passkey-invalid' } } : { value: data };
    },
    { type: 'object' },
  );

/** Six digits from an authenticator app, or a recovery code (old ones are shorter); blanks and hyphens are ignored. */
const code = field<string>(
  (input) => {
    const value = typeof input === 'string' ? input.slice(0, 100).replace(/[\s-]/g, '').toUpperCase() : '';
    return /^(\d{6}|[0-9A-Z]{24}|[0-9A-Z]{28})$/.test(value) ? { value } : { problem: { code: 'code-wrong' } };
  },
  { type: 'string', minLength: 6, maxLength: 100 },
);

/** POST /api/users/me/passkeys */
export const PasskeyInput = z.object({ name: text('name', passkeyName), credential: credential(NewPasskey) });
export type PasskeyInput = z.output<typeof PasskeyInput>;

/** PUT /api/users/me/passkeys/:id */
export const PasskeyNameInput = z.object({ name: text('name', passkeyName) });
export type PasskeyNameInput = z.output<typeof PasskeyNameInput>;

/** POST /api/users/passkeys/signin */
export const PasskeySignInInput = z.object({ credential: credential(PasskeyAnswer) });
export type PasskeySignInInput = z.output<typeof PasskeySignInInput>;

/** POST /api/users/signin/step: one of the two. */
export const StepInput = z
  .object({ code: code.optional(), credential: credential(PasskeyAnswer).optional() })
  .superRefine(({ code, credential }, context) => {
    if (!code === !credential) context.addIssue({ code: 'custom', path: ['code'], message: 'code-wrong' });
  });
export type StepInput = z.output<typeof StepInput>;

/** PUT /api/users/me/app */
export const AppInput = z.object({ code });
export type AppInput = z.output<typeof AppInput>;

/** POST /api/users/me/proof: a passkey, or the password, with a code where signing in takes two steps. */
export const ProofInput = z
  .object({
    password: presentPassword('password-missing').optional(),
    code: code.optional(),
    credential: credential(PasskeyAnswer).optional(),
  })
  .superRefine(({ password, credential }, context) => {
    if (!password && !credential) context.addIssue({ code: 'custom', path: ['password'], message: 'password-missing' });
  });
export type ProofInput = z.output<typeof ProofInput>;
