const files = [
  './manifests.arrows.test',
  './manifests.config.test',
  './manifests.overlays.test',
  './manifests.rules.test',
  './manifests.test',
  './manifests.tls.test',
  './services.env.test',
  './services.events.test',
  './services.routes.test',
];
for (const file of files) describe(file, () => void jest.requireActual(file));
