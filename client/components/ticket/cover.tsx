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

/** The path of a category's 1200 × 630 cover image, for link previews. */
export const coverPicture = (category: Category): string => `/covers/${category}.png`;

interface CoverProps {
  category: Category;
  /** The ticket's id; two tickets rarely look alike. */
  id: string;
  className?: string;
}

/** A listing's picture: a poster drawn for its category, purely decorative. */
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
