/** The languages of the site and of its messages; the first is the default. */
export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

/** Maximum lengths of a listing's texts, in UTF-16 units, as HTML's `maxlength` counts. */
export const listingLimits = {
  title: { max: 200 },
  description: { max: 2_000, multiline: true },
  venue: { max: 100 },
  city: { max: 100 },
  section: { max: 20 },
  row: { max: 20 },
  seat: { max: 20 },
};

/** Maximum length of what a buyer writes in a claim, and of the seller's answer. */
export const claimText = { max: 2_000, multiline: true };

/** Length of a new password, in UTF-16 units of its normal form (NFC). */
export const passwordLimits = { min: 8, max: 128 };

/** Maximum length of a display name. */
export const userName = { max: 50 };

/** Maximum length of a passkey's name. */
export const passkeyName = { max: 50 };

/** Maximum passkeys per account. */
export const MAX_PASSKEYS = 10;

/** Maximum length of the text of a report. */
export const reportText = { max: 1_000, multiline: true };

/** Maximum length of the reason for a support action. */
export const supportReason = { max: 1_000, multiline: true };

/** Maximum size of a file that is handed over, in bytes. */
export const MAX_DELIVERY = 5 * 1024 * 1024;

/** Maximum lengths of a transfer's texts, in UTF-16 units. */
export const transferLimits = { url: 2_000, code: 500, note: 2_000 };
