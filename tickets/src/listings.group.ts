const files = [
  './browsing.routes.test',
  './confirming.routes.test',
  './listing.routes.test',
  './mine.routes.test',
  './public.routes.test',
  './refusals.routes.test',
  './search.routes.test',
  './support.routes.test',
  './supportPlans.test',
];
for (const file of files) describe(file, () => void jest.requireActual(file));
