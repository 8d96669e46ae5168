import { places, timeAt, type Place } from './places';

/** What a seller says of a ticket, as the API takes it. */
export interface Listing {
  title: string;
  price: string;
  category?: string;
  description?: string;
  venue?: string;
  city?: string;
  startsAt?: string;
  timeZone?: string;
  section?: string;
  row?: string;
  seat?: string;
}

/** An event at a place, in so many days at an hour there, and where one sits. */
function at(place: Place, venue: string, inDays: number, hour: string, [section, row, seat]: string[] = []) {
  return {
    venue,
    city: place.city,
    startsAt: timeAt(place, inDays, hour),
    timeZone: place.timeZone,
    section,
    row,
    seat,
  };
}

const { berlin, london, newYork, paris, saoPaulo, sydney, tokyo } = places;

/** The demo's sellers by their address, and what they sell. */
export const sellers: Record<string, Listing[]> = {
  'ada@example.com': [
    {
      title: 'Analytical Engines Live',
      price: '42.00',
      category: 'concert',
      ...at(london, 'Royal Albert Hall', 9, '19:30', ['Stalls K', '7', '42']),
      description:
        'Electronic music from brass and punched cards. Together with the seat beside it, which a friend of mine has.',
    },
    {
      title: 'Sonata for Punched Cards',
      price: '18.50',
      category: 'concert',
      ...at(berlin, 'Philharmonie', 23, '20:00', ['B links', '4', '11']),
    },
    {
      title: 'The Importance of Being Idle',
      price: '55.00',
      category: 'theatre',
      ...at(london, 'Old Vic', 3, '19:30', ['Dress Circle', 'C', '14']),
      description: 'Opening week. I am on call that evening, sadly.',
    },
    {
      title: 'Cup semi-final',
      price: '120.00',
      category: 'sport',
      ...at(london, 'Wembley Stadium', 40, '17:30', ['Block 112', '23', '301']),
    },
    {
      title: 'Late Show: new faces',
      price: '15.00',
      category: 'comedy',
      ...at(london, 'The Comedy Store', 1, '23:00'),
    },
    {
      title: 'Engineers’ evening with dinner',
      price: '89.00',
      description: 'A talk on difference engines, then three courses. The place is told a week before.',
    },
  ],
  'miles@example.com': [
    {
      title: 'Kind of Blue, all night',
      price: '65.00',
      category: 'concert',
      ...at(newYork, 'Village Vanguard', 5, '22:00', ['', '', '12']),
      description: 'The whole record, played twice, with a break at midnight.',
    },
    { title: 'Cellar Jazz, Tuesday', price: '12.00', category: 'concert', ...at(newYork, 'Smalls', 2, '21:00') },
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
      description: 'A pass for all three days, rain or shine. It is sent by mail.',
    },
  ],
  'clara@example.com': [
    {
      title: 'Piano Concerto in A minor',
      price: '80.00',
      category: 'concert',
      ...at(berlin, 'Philharmonie', 15, '20:00', ['A', '2', '17']),
      description: 'Second row, with a view of the keys.',
    },
    { title: 'Open-air Lieder evening', price: '25.00', category: 'concert', ...at(berlin, 'Waldbühne', 190, '19:00') },
    {
      title: 'Berliner Derby',
      price: '75.00',
      category: 'sport',
      ...at(berlin, 'Olympiastadion', 33, '15:30', ['Ostkurve', '19', '6']),
    },
    {
      title: 'Der zerbrochne Krug',
      price: '34.00',
      category: 'theatre',
      ...at(berlin, 'Deutsches Theater', 6, '19:30', ['Parkett', '9', '21']),
    },
    {
      title: 'Stand-up auf Deutsch',
      price: '22.00',
      category: 'comedy',
      ...at(berlin, 'Quatsch Comedy Club', 8, '20:00'),
    },
    {
      title: 'Long Night of Museums',
      price: '16.00',
      category: 'other',
      ...at(berlin, 'Museumsinsel', 60, '18:00'),
      description: 'One ticket for 70 houses until two in the morning, buses included.',
    },
    { title: 'Gift voucher for any concert', price: '50.00', category: 'other' },
  ],
  'edith@example.com': [
    {
      title: 'Chansons à minuit',
      price: '38.00',
      category: 'concert',
      ...at(paris, 'Olympia', 11, '20:30', ['Orchestre', 'M', '24']),
    },
    {
      title: 'Le Malade imaginaire',
      price: '29.00',
      category: 'theatre',
      ...at(paris, 'Comédie-Française', 7, '20:30', ['Corbeille', '2', '5']),
    },
    {
      title: 'Quarter-finals, Court Philippe-Chatrier',
      price: '260.00',
      category: 'sport',
      ...at(paris, 'Roland-Garros', 192, '11:00', ['Tribune Borotra', '11', '9']),
    },
    { title: 'Une heure pour rire', price: '19.90', category: 'comedy', ...at(paris, 'Le Point Virgule', 2, '19:00') },
    {
      title: 'Fête de la Musique, balcony seat',
      price: '48.00',
      category: 'festival',
      ...at(paris, 'Place de la République', 212, '18:00'),
    },
    { title: 'Ballroom lesson for two', price: '40.00', category: 'other', city: 'Paris' },
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
