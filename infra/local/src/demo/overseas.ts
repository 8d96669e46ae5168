import { at, type Listing } from './listing';
import { places } from './places';

const { newYork, saoPaulo, sydney, tokyo } = places;

/** Sellers overseas, by their address. */
export const overseas: Record<string, Listing[]> = {
  'miles@example.com': [
    {
      title: 'Kind of Blue, all night',
      price: '65.00',
      category: 'concert',
      ...at(newYork, 'Village Vanguard', 5, '22:00', ['', '', '12']),
      description: 'The whole record, played twice, with a break at midnight.',
    },
    { title: 'Cellar Jazz, late set', price: '12.00', category: 'concert', ...at(newYork, 'Smalls', 2, '21:00') },
    {
      title: 'New York – Boston',
      price: '210.00',
      category: 'sport',
      ...at(newYork, 'Madison Square Garden', 12, '19:30', ['117', '14', '8']),
    },
    {
      title: 'Open mic, two drinks included',
      price: '20.00',
      category: 'comedy',
      ...at(newYork, 'Comedy Cellar', 4, '20:30'),
    },
    {
      title: 'A Raisin in the Sun',
      price: '95.50',
      category: 'theatre',
      ...at(newYork, 'Lyceum Theatre', 18, '20:00', ['Orchestra', 'H', '103']),
    },
    {
      title: 'Jazz on the Pier, three days',
      price: '180.00',
      category: 'festival',
      ...at(newYork, 'Pier 84', 201, '12:00'),
      description: 'A pass for all three days, rain or shine. You get it here as soon as I have it.',
    },
  ],
  'hikari@example.com': [
    {
      title: 'Taiko at the Budokan',
      price: '72.00',
      category: 'concert',
      ...at(tokyo, 'Nippon Budokan', 27, '18:30', ['Arena B', '12', '3']),
    },
    {
      title: 'Kabuki, the afternoon programme',
      price: '110.00',
      category: 'theatre',
      ...at(tokyo, 'Kabuki-za', 14, '16:30', ['1F', '5', '18']),
      description: 'With an earphone guide in English.',
    },
    {
      title: 'Baseball, home opener',
      price: '44.00',
      category: 'sport',
      ...at(tokyo, 'Tokyo Dome', 130, '18:00', ['1F-22', '30', '145']),
    },
    {
      title: 'Harbour Sounds, weekend pass',
      price: '149.00',
      category: 'festival',
      ...at(sydney, 'Accor Stadium', 75, '13:00'),
    },
    {
      title: 'Swan Lake',
      price: '135.00',
      category: 'theatre',
      ...at(sydney, 'Sydney Opera House', 48, '19:30', ['Circle', 'D', '31']),
    },
    {
      title: 'Samba até de manhã',
      price: '31.00',
      category: 'concert',
      ...at(saoPaulo, 'Allianz Parque', 55, '21:00'),
    },
    {
      title: 'Grand Prix, three days',
      price: '399.00',
      category: 'sport',
      ...at(saoPaulo, 'Interlagos', 250, '10:00', ['Setor A', '15', '77']),
      description: 'The stand opposite the pits; the view is on the start and the first corner.',
    },
  ],
};
