'use client';
import { useEffect } from 'react';

const firstPause = 500;
const longestPause = 4000;

/** Calls `refresh` repeatedly while `isOn`, at growing intervals. */
export function useRepeat(refresh: () => Promise<void>, isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return;
    let pause = firstPause;
    let timer: ReturnType<typeof setTimeout>;
    let ended = false;
    const wait = () => {
      timer = setTimeout(() => {
        void refresh().finally(() => {
          pause = Math.min(pause * 1.3, longestPause);
          if (!ended) wait();
        });
      }, pause);
    };
    wait();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [refresh, isOn]);
}
