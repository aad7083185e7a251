// A certified OpenID Connect provider (panva's oidc-provider), in the role of a broker for DigiD and
// eHerkenning: who logs in, and how surely, is what the form of its log-in page says.

import { createServer } from "node:http";
import Provider from "oidc-provider";

const { back, out, keys } = JSON.parse(process.argv[2]);
const levels = ["laag", "midden", "hoog"];
const people = new Map();

const client = (id) => ({
  client_id: id, client_secret: "een geheim van dertig tekens", redirect_uris: [back],
  post_logout_redirect_uris: [out], grant_types: ["authorization_code"], response_types: ["code"],
});

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    jwks: keys,
    clients: [client("burgers"), client("bedrijven")],
    acrValues: levels,
    claims: { openid: ["sub", "bsn", "kvk", "vestiging", "namens"], profile: ["name"], acr: null },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
    cookies: { keys: ["alleen voor deze tests"] },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub, ...people.get(sub) }) }),
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  });
  const answer = provider.callback();

  server.on("request", async (request, response) => {
    if (!request.url.startsWith("/interaction/")) return answer(request, response);
    const { prompt, params, session } = await provider.interactionDetails(request, response);
    if (request.method === "GET") {
      return response.end(JSON.stringify({ prompt: prompt.name, reasons: prompt.reasons }));
    }
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const form = JSON.parse(Buffer.concat(chunks).toString());
    if (prompt.name === "login") {
      people.set(form.sub, form.claims);
      const login = { accountId: form.sub, acr: form.acr, remember: true };
      return provider.interactionFinished(request, response, { login });
    }
    const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
    grant.addOIDCScope("openid profile");
    const consent = { grantId: await grant.save() };
    return provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true });
  });
  console.log(JSON.stringify({ issuer }));
});
