# The bot in a container. It runs Node itself, so that the signal to stop reaches it, and not as root.
#
#   docker build -t paperwire .
#   docker run --init --env-file .env -v paperwire:/app/data -p 127.0.0.1:8787:8787 paperwire
#
# Several processes over one database: compose.yaml. What to know of both: docs/operating.md.

FROM node:26-slim AS packages
WORKDIR /app
COPY .npmrc package.json package-lock.json ./
# The drivers of Postgres, Redis and BullMQ are optional to npm. Moved among the dependencies, `npm ci` takes them as the
# lockfile has them, down to the last package, and checks each against its sum. No package runs a script.
RUN node -e ' \
  const { readFileSync, writeFileSync } = require("node:fs"); \
  const given = JSON.parse(readFileSync("package.json")); \
  Object.assign(given.dependencies, given.peerDependencies); \
  for (const name in given.peerDependencies) delete given.devDependencies[name]; \
  writeFileSync("package.json", JSON.stringify(given));' \
  && npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:26-slim
WORKDIR /app
COPY LICENSE package.json ./
COPY --from=packages /app/node_modules node_modules
COPY scripts scripts
COPY adapters adapters
COPY commands commands
COPY src src
# Where an embedded store lies, and what Node makes of the TypeScript: a second start takes half the time.
RUN mkdir -p data node_modules/.cache/node && chown node:node data node_modules/.cache/node
USER node
ENV NODE_ENV=production HTTP_HOST=0.0.0.0 HTTP_PORT=8787
EXPOSE 8787
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.HTTP_PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--max-semi-space-size=4", "--heap-growing-percent=25", "scripts/run.mjs"]
CMD ["start"]
