// A certified OpenID Connect provider that others wrote, for our sign-in to be held against: one client, PKCE required, one person who is
// let in without a page. Settings come by the environment; the port is loopback.cjs' affair.
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const { CLIENT_SECRET, CALLBACK, LISTEN_FILE, LISTEN_FOR, SIGN } = process.env;

const jwk = (kid, type, options) => ({ ...generateKeyPairSync(type, options).privateKey.export({ format: "jwk" }), kid, use: "sig" });
const keys = [jwk("rsa", "rsa", { modulusLength: 2048 }), jwk("ec", "ec", { namedCurve: "P-256" })];

const person = {
  accountId: "person-1",
  claims: async () => ({
    sub: "person-1",
    email: "oidc-person@example.com",
    email_verified: true,
    name: "Olga Oidc",
    groups: ["staff", "mcp-admins"],
  }),
};

const make = (issuer) => {
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: "alivemcp",
        client_secret: CLIENT_SECRET,
        redirect_uris: [CALLBACK],
        id_token_signed_response_alg: SIGN,
      },
    ],
    clientDefaults: { id_token_signed_response_alg: SIGN },
    claims: { openid: ["sub", "groups"], email: ["email", "email_verified"], profile: ["name"] },
    conformIdTokenClaims: false,
    jwks: { keys },
    cookies: { keys: ["for tests"] },
    features: { devInteractions: { enabled: false } },
    findAccount: async () => person,
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    pkce: { required: () => true },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
  });
  provider.proxy = false;
  provider.use(async (ctx, next) => {
    if (!ctx.path.startsWith("/interaction/")) return next();
    const { prompt, params, grantId } = await provider.interactionDetails(ctx.req, ctx.res);
    if (prompt.name === "login") {
      return provider.interactionFinished(ctx.req, ctx.res, { login: { accountId: person.accountId } });
    }
    const grant = grantId ? await provider.Grant.find(grantId) : new provider.Grant({ accountId: person.accountId, clientId: params.client_id });
    grant.addOIDCScope("openid email profile");
    return provider.interactionFinished(ctx.req, ctx.res, { consent: { grantId: await grant.save() } }, { mergeWithLastSubmission: true });
  });
  return provider;
};

// The issuer must name the port, which is known only once somebody listens on it.
let answer;
createServer((request, response) => {
  answer ??= make(`http://127.0.0.1:${readFileSync(LISTEN_FILE, "utf8").trim()}`).callback();
  return answer(request, response);
}).listen(Number(LISTEN_FOR));
