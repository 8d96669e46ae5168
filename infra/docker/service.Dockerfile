# A service or the Stripe emulator: SERVICE names its folder. The context is the root of the clone:
#   docker build -f infra/docker/service.Dockerfile --build-arg SERVICE=orders -t ticketing/orders .
ARG BASE_IMAGE=node:24.21.0-slim

# Identical for all of them, so it is built once.
FROM ${BASE_IMAGE} AS common
WORKDIR /app
COPY package.json package-lock.json .npmrc tsconfig.base.json ./
COPY common/package.json common/
COPY auth/package.json auth/
COPY tickets/package.json tickets/
COPY orders/package.json orders/
COPY payments/package.json payments/
COPY expiration/package.json expiration/
COPY infra/local/stripe/package.json infra/local/stripe/
RUN npm ci --no-audit --no-fund
COPY common common
RUN npm run build --workspace=common
COPY infra/local/database.cjs ./

FROM common AS source
ARG SERVICE
COPY ${SERVICE} ${SERVICE}

# For skaffold dev: runs the sources, including those of common, and restarts when one changes. It polls, because on a
# busy machine the event for a replaced (not rewritten) file can get lost.
FROM source AS dev
ARG SERVICE
RUN chown -R 1000 common ${SERVICE}
WORKDIR /app/${SERVICE}
ENV HOST=0.0.0.0 PORT=3000 NODE_OPTIONS=--conditions=source
EXPOSE 3000
USER 1000
ENTRYPOINT ["node", "/app/node_modules/ts-node-dev/lib/bin.js", "--respawn", "--poll", "--transpile-only", "src/index.ts"]

FROM source AS build
ARG SERVICE
RUN npm run build --workspace=${SERVICE} \
 && npm ci --workspace=${SERVICE} --omit=dev --prefer-offline --no-audit --no-fund \
 && find . -type f '(' -name '*.ts' -o -name '*.[cm]ts' -o -name '*.map' -o -name '*.tsbuildinfo' ')' -delete \
 && find . -type d -empty -delete

FROM ${BASE_IMAGE}
ARG SERVICE
WORKDIR /app
COPY --from=build /app/database.cjs ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/common common
COPY --from=build /app/${SERVICE} ${SERVICE}
WORKDIR /app/${SERVICE}
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
EXPOSE 3000
USER 1000
# No shell, so that node receives SIGTERM. The limits keep it below 150 MB without a measurable slowdown.
ENTRYPOINT ["node", "--max-semi-space-size=8", "--max-old-space-size=96", "dist/index.js"]
