# A node of Reclaim. The repository is copied as it is, with the links between its workspaces: Node strips types only
# from files outside node_modules, so packed copies of the rooms would not run.
#
#   docker build -t reclaim .
#   docker run -p 8080:8080 -v reclaim-data:/data reclaim                        with its own database, in the volume
#   docker run -p 8080:8080 -e DATABASE_URL=postgres://… -e RECLAIM_STORE_KEY=… reclaim    with yours
FROM node:24.21.0-bookworm-slim AS pages

WORKDIR /srv/reclaim
COPY . .
# The pages of the three doors are built with packages that the node itself does not need: they stay in this stage.
RUN npm ci && cd packages/web && node ../../node_modules/vite/bin/vite.js build

FROM node:24.21.0-bookworm-slim

ENV NODE_ENV=production
WORKDIR /srv/reclaim

COPY . .
RUN npm ci --omit=dev && npm cache clean --force
COPY --from=pages /srv/reclaim/packages/web/dist packages/web/dist

# The embedded PostgreSQL refuses to run as root, and nothing here needs it.
RUN install -d -o node -g node -m 700 /data
USER node
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM

HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]

CMD ["node", "packages/cli/src/main.ts", "start", "--host", "0.0.0.0", "--port", "8080", "--data", "/data"]
