import type { Page } from 'playwright-core';

/** Visual checks of a page. Evaluated in the page, so the code is passed as text. */

const SMALL_TARGETS = `
  (least) => {
    const isInText = (element) =>
      getComputedStyle(element).display === 'inline' &&
      [...element.parentElement.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const areaOf = (element) => (element.matches('[type=radio], [type=checkbox]') && element.labels[0]) || element;
    return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
      .filter((element) => element.checkVisibility({ checkVisibilityCSS: true }) && !element.closest('.skip-link') && !isInText(element))
      .map((element) => ({ element, box: areaOf(element).getBoundingClientRect() }))
      .filter(({ box }) => Math.round(box.width) < least || Math.round(box.height) < least)
      .map(({ element, box }) =>
        (element.getAttribute('aria-label') || element.textContent || element.name || element.tagName).trim() +
        ' is ' + Math.round(box.width) + ' × ' + Math.round(box.height));
  }
`;

const WIDER = `
  () => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
      .map((element) => element.tagName + '.' + element.className)
      .slice(0, 5);
  }
`;

/** Touch targets smaller than `least` pixels, each with its size. Links within a text are exempt. */
export const smallTargets = (page: Page, least = 44): Promise<string[]> =>
  page.evaluate(`(${SMALL_TARGETS})(${least})`);

/** Elements that make a page scroll sideways; empty if it does not. */
export const sticksOut = (page: Page): Promise<string[]> => page.evaluate(`(${WIDER})()`);
