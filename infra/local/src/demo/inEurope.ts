import { at, type Listing } from './listing';
import { places } from './places';

const { berlin, london, paris } = places;

/** Sellers in Europe, by their address. */
export const inEurope: Record<string, Listing[]> = {
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
};
