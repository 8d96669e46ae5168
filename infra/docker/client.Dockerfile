# The site. The context is the root of the clone: docker build -f infra/docker/client.Dockerfile -t ticketing/client .
ARG BASE_IMAGE=node:24.21.0-slim

FROM ${BASE_IMAGE} AS source
WORKDIR /app
COPY package.json package-lock.json .npmrc tsconfig.base.json ./
COPY common/package.json common/
COPY client/package.json client/
RUN npm ci --workspace=client --include-workspace-root --no-audit --no-fund
# The only part of common that browsers may see.
COPY common/tsconfig.json common/
COPY common/src/contract common/src/contract
RUN npm run build --workspace=common
COPY client client

# For skaffold dev: Next.js's development server, which rebuilds changed files.
FROM source AS dev
RUN chown -R 1000 client
WORKDIR /app/client
ENV PORT=3000
EXPOSE 3000
USER 1000
ENTRYPOINT ["node", "/app/node_modules/next/dist/bin/next", "dev"]

FROM source AS build
# Images are served as they are and styles are compiled here: so neither sharp nor sass is needed at run time.
RUN NEXT_OUTPUT=standalone npm run build --workspace=client \
 && cp -r client/.next/static client/.next/standalone/client/.next/ \
 && cp -r client/public client/words client/.next/standalone/client/ \
 && cd client/.next/standalone/node_modules && rm -rf @img sharp sass

FROM ${BASE_IMAGE}
WORKDIR /app
COPY --from=build /app/client/.next/standalone ./
ENV NODE_ENV=production HOSTNAME=0.0.0.0 PORT=3000
EXPOSE 3000
USER 1000
# No shell, so that node receives SIGTERM.
ENTRYPOINT ["node", "client/server.js"]
