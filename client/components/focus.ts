/** A ref for what replaces a control that had the focus: it is focused as soon as it is there. */
export const focusAtOnce = (element: HTMLElement | null): void => {
  element?.focus();
};
