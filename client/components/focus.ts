/** A ref for an element that replaces a focused control: it gets the focus as soon as it appears. */
export const focusAtOnce = (element: HTMLElement | null): void => {
  element?.focus();
};
