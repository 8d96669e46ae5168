import type { ReactNode } from 'react';
import type { Chance } from '@/lib/chance';

/** The ground of a cover and the three colours drawn on it. */
export type Palette = readonly [ground: string, first: string, second: string, third: string];

/** How a category is drawn: its palettes, and shapes on a sheet of 320 × 200, varied by chance. */
export interface CoverArt {
  palettes: readonly [Palette, ...Palette[]];
  draw: (chance: Chance, palette: Palette) => ReactNode;
}
