import { useEffect, useRef } from 'react';

/**
 * Postpones layout changes until the mouse is released, because a button that moves while pressed loses its click. A
 * tap ends in the same mouse events.
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
    // The click follows the mouse release in the same task.
    if (isPressed.current) document.addEventListener('mouseup', () => setTimeout(act), { capture: true, once: true });
    else act();
  };
}
