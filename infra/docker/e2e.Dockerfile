# The system test, which runs inside a cluster. The context is the root of the clone.
ARG BASE_IMAGE=node:24.21.0-slim

FROM ${BASE_IMAGE}
WORKDIR /app
COPY package.json package-lock.json .npmrc tsconfig.base.json jest.base.cjs ./
COPY common/package.json common/
COPY infra/local/package.json infra/local/
COPY infra/e2e/package.json infra/e2e/
RUN npm ci --workspace=infra/e2e --include-workspace-root --no-audit --no-fund
COPY common common
COPY infra/local infra/local
RUN npx tsc -b infra/local
COPY infra/e2e infra/e2e
WORKDIR /app/infra/e2e
USER 1000
ENTRYPOINT ["node", "/app/node_modules/jest/bin/jest.js", "--cacheDirectory=/tmp/jest", "--runInBand", "--verbose"]
CMD ["src/purchase.test.ts"]
