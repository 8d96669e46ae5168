const stroke = {
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 2,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;

/** A magnifying glass. */
export const SearchIcon = () => (
  <svg className="icon" viewBox="0 0 24 24" aria-hidden {...stroke}>
    <circle cx="11" cy="11" r="7" />
    <path d="m16.5 16.5 4.5 4.5" />
  </svg>
);

/** Three lines: the menu icon. */
export const MenuIcon = () => (
  <svg className="icon" viewBox="0 0 24 24" aria-hidden {...stroke}>
    <path d="M4 7h16M4 12h16M4 17h10" />
  </svg>
);

/** The site's logo: a ticket, torn at its perforation. */
export const Mark = () => (
  <svg className="mark" viewBox="0 0 32 24" aria-hidden>
    <path
      fill="currentColor"
      d="M2 0h17v3h2V0h9a2 2 0 0 1 2 2v6a4 4 0 0 0 0 8v6a2 2 0 0 1-2 2h-9v-3h-2v3H2a2 2 0 0 1-2-2v-6a4 4 0 0 0 0-8V2a2 2 0 0 1 2-2m17 6v4.5h2V6zm0 7.5V18h2v-4.5z"
    />
  </svg>
);
