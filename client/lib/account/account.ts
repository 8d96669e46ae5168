/** Whether a text looks like an email address; the API has the final say. */
export const looksLikeEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text.trim());

/** Whether the API accepts a password of that length. */
export const passwordFits = (password: string): boolean => password.length >= 8 && password.length <= 128;
