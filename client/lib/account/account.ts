/** Whether a text may be an e-mail address: the API says the rest. */
export const looksLikeEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text.trim());

/** Whether the API takes a password of that length. */
export const passwordFits = (password: string): boolean => password.length >= 8 && password.length <= 128;
