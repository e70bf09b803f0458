# The bot alone: no tools, no tests, and nothing that it writes to; everything comes from the environment (.env.example).
FROM node:24.21.0-bookworm-slim AS node
WORKDIR /app
COPY package.json package-lock.json ./

FROM node AS build
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN node scripts/build.mjs

FROM node AS packages
RUN npm ci --ignore-scripts --no-audit --no-fund --omit=dev

FROM node
ENV NODE_ENV=production
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
USER node
EXPOSE 3978
HEALTHCHECK --start-period=30s --timeout=3s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3978}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/bot/main.js"]
