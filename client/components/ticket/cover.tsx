import type { Category } from '@ticketing/common/contract';
import type { ReactNode } from 'react';
import { chanceOf, type Chance } from '@/lib/chance';
import { comedy } from './covers/comedy';
import { concert } from './covers/concert';
import { festival } from './covers/festival';
import { other } from './covers/other';
import { sport } from './covers/sport';
import { theatre } from './covers/theatre';

/** The ground of a cover and the three colours drawn on it. */
export type Palette = readonly [ground: string, first: string, second: string, third: string];

/** How a category is drawn: its palettes, and shapes on a sheet of 320 × 200, varied by chance. */
export interface CoverArt {
  palettes: readonly [Palette, ...Palette[]];
  draw: (chance: Chance, palette: Palette) => ReactNode;
}

const arts: Record<Category, CoverArt> = { concert, sport, theatre, comedy, festival, other };

/** The path of a category's cover as a picture of 1200 × 630, for where the page is linked to. */
export const coverPicture = (category: Category): string => `/covers/${category}.png`;

interface CoverProps {
  category: Category;
  /** The ticket's; two tickets look alike only by rare chance. */
  id: string;
  className?: string;
}

/** The picture of a listing: a poster drawn for its category, for the eye alone. */
export function Cover({ category, id, className = '' }: CoverProps) {
  const chance = chanceOf(id);
  const { palettes, draw } = arts[category];
  const palette = chance.pick(palettes);
  return (
    <svg className={`cover ${className}`} viewBox="0 0 320 200" preserveAspectRatio="xMidYMid slice" aria-hidden>
      <path d="M0 0h320v200H0z" fill={palette[0]} />
      {draw(chance, palette)}
    </svg>
  );
}
