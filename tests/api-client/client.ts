// A program of somebody else's: compiled against what is generated from the API's description, run against a real Host.
import createClient from "openapi-fetch";
import type { components, paths } from "./generated/schema.js";

type Problem = components["schemas"]["Problem"];

const [baseUrl, token] = process.argv.slice(2);
const api = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${token}` } });

function must<T>(answer: { data?: T; error?: Problem; response: Response }): T {
  if (answer.data === undefined) {
    throw new Error(`${answer.response.status} ${answer.error?.code}: ${answer.error?.detail}`);
  }
  return answer.data;
}

const made = await api.POST("/api/v1/servers", {
  params: { header: { "Idempotency-Key": crypto.randomUUID() } },
  body: { slug: "by-client", url: "https://client.example/mcp", visibility: "private", tags: ["generated"] },
});
const server = must(made);
const etag = made.response.headers.get("ETag") ?? "";

const changed = must(
  await api.PATCH("/api/v1/servers/{slug}", {
    params: { path: { slug: server.slug }, header: { "If-Match": etag } },
    body: { cadence: 5 },
  }),
);

const planned = must(
  await api.POST("/api/v1/servers/{slug}/maintenance", {
    params: { path: { slug: server.slug } },
    body: { from: "2031-01-01T00:00:00Z", to: "2031-01-01T01:00:00Z" },
  }),
);

const key = must(await api.POST("/api/v1/keys", { body: { name: "by client", scope: "read" } }));
const page = must(await api.GET("/api/v1/servers", { params: { query: { take: 10 } } }));
const refused = await api.GET("/api/v1/servers/{slug}", { params: { path: { slug: "nobodys" } } });

console.log(
  [
    changed.settings?.cadence,
    planned.server,
    key.key.scope,
    page.servers.map((one) => one.slug).join(),
    refused.error?.code,
  ].join(" "),
);
