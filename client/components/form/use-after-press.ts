import { useEffect, useRef } from 'react';

/**
 * Puts off what changes a page until the mouse is up again, for a button that moves while it is pressed loses its
 * click. A finger's tap ends in the same mouse events.
 */
export function useAfterPress(): (act: () => void) => void {
  const isPressed = useRef(false);
  useEffect(() => {
    const press = () => {
      isPressed.current = true;
    };
    const release = () => {
      isPressed.current = false;
    };
    const controller = new AbortController();
    const early = { capture: true, signal: controller.signal };
    document.addEventListener('mousedown', press, early);
    document.addEventListener('mouseup', release, early);
    return () => {
      controller.abort();
    };
  }, []);
  return (act) => {
    // The click follows the mouse's release in the same task.
    if (isPressed.current) document.addEventListener('mouseup', () => setTimeout(act), { capture: true, once: true });
    else act();
  };
}
