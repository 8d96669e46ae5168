/** The longest texts of a listing, in UTF-16 units, as the `maxlength` of an HTML input counts. */
export const listingLimits = {
  title: { max: 200 },
  description: { max: 2_000, multiline: true },
  venue: { max: 100 },
  city: { max: 100 },
  section: { max: 20 },
  row: { max: 20 },
  seat: { max: 20 },
};
