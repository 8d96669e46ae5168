import type { Category } from '@ticketing/common/contract';
import { chanceOf } from '@/lib/chance';
import type { CoverArt } from './covers/art';
import { comedy } from './covers/comedy';
import { concert } from './covers/concert';
import { festival } from './covers/festival';
import { other } from './covers/other';
import { sport } from './covers/sport';
import { theatre } from './covers/theatre';

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
