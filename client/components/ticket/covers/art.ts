import type { ReactNode } from 'react';
import type { Chance } from '@/lib/chance';

/** A cover's background and its three colors. */
export type Palette = readonly [ground: string, first: string, second: string, third: string];

/** How a category is drawn: its palettes, and randomly varied shapes on a 320 × 200 canvas. */
export interface CoverArt {
  palettes: readonly [Palette, ...Palette[]];
  draw: (chance: Chance, palette: Palette) => ReactNode;
}
