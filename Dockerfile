# The bot in a container. It runs Node itself, so that the signal to stop reaches it, and not as root.
#
#   docker build -t paperwire .
#   docker run --read-only --tmpfs /tmp --env-file .env -v paperwire:/app/data -p 127.0.0.1:8787:8787 paperwire
#
# It writes to /app/data and, for what SQLite sorts, to /tmp. Several processes over one database: compose.yaml. What to know of both:
# docs/operations.md.

FROM node:26-slim AS built
WORKDIR /app
COPY .npmrc package.json package-lock.json ./
# No package runs a script, here and below.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json ./
COPY scripts scripts
COPY adapters adapters
COPY commands commands
COPY src src
RUN npm run build

FROM node:26-slim AS packages
WORKDIR /app
COPY .npmrc package.json package-lock.json ./
# The drivers of Postgres, Redis and BullMQ are optional to npm. Moved among the dependencies, `npm ci` takes them as the
# lockfile has them, down to the last package, and checks each against its sum. Of the emoji only their names are read.
RUN node -e ' \
  const { readFileSync, writeFileSync } = require("node:fs"); \
  const given = JSON.parse(readFileSync("package.json")); \
  Object.assign(given.dependencies, given.peerDependencies); \
  for (const name in given.peerDependencies) delete given.devDependencies[name]; \
  writeFileSync("package.json", JSON.stringify(given));' \
  && npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
  && rm -r node_modules/emoji-datasource/img

FROM node:26-slim
WORKDIR /app
COPY .env.example LICENSE package.json ./
COPY --from=packages /app/node_modules node_modules
COPY scripts/run.mjs scripts/node-floor.mjs scripts/
COPY --from=built /app/dist dist
# `docker exec … paperwire status`; and where an embedded store lies.
RUN ln -s /app/scripts/run.mjs /usr/local/bin/paperwire && mkdir data && chown node:node data
USER node
ENV NODE_ENV=production HTTP_HOST=0.0.0.0 HTTP_PORT=8787
EXPOSE 8787
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.HTTP_PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "scripts/run.mjs"]
CMD ["start"]
