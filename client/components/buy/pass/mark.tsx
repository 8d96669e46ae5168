/** A tick or a cross: the verdict, readable from a distance. */
export const PassMark = ({ isValid = false }: { isValid?: boolean }) => (
  <svg className="check-mark" viewBox="0 0 48 48" aria-hidden>
    <circle cx="24" cy="24" r="24" fill="currentColor" />
    <path className="check-stroke" d={isValid ? 'm13 25 8 8 15-17' : 'm15 15 18 18m0-18L15 33'} />
  </svg>
);
