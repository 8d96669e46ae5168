import type { Page } from 'playwright-core';

/** What can be seen of a page without reading it. Evaluated in the page, so it is written as the browser's text. */

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

/** The targets of a page that are smaller than a finger (`least` pixels), each with its size. Links within a text may be. */
export const smallTargets = (page: Page, least = 44): Promise<string[]> =>
  page.evaluate(`(${SMALL_TARGETS})(${least})`);

/** What sticks out of a page that scrolls sideways; empty where it does not. */
export const sticksOut = (page: Page): Promise<string[]> => page.evaluate(`(${WIDER})()`);
