import { z } from "zod";
import { auditObject, noteInAudit } from "../access/audit.ts";
import { cookieHeader, openIdCookie, readCookie } from "../access/cookies.ts";
import { asKeeper } from "../access/keeper.ts";
import { OpenIdClient } from "../access/openId.ts";
import { hashOf, sameSecret } from "../access/people.ts";
import { beginSession } from "../access/sessions.ts";
import { signedInPerson } from "../access/signIn.ts";
import { markNoted } from "../access/trail.ts";
import { type Asked, type Route, route } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { bindSubject, keepOpenIdAttempt, nameOfSubject, takeOpenIdAttempt } from "../queries/openId.ts";
import { findPerson, noteSignIn } from "../queries/people.ts";
import { type Parts, problemAnswers } from "./parts.ts";

const minutes = 10;
const Start = z.strictObject({
  to: z
    .string()
    .max(2000)
    .regex(/^\/(?![/\\])/, "alamat di Waspada / an address in Waspada")
    .default("/"),
});
const Back = z.looseObject({ state: z.string().max(500).optional(), code: z.string().max(4000).optional() });
const backPath = "/api/session/openid/back";

/** Only a page of this dashboard, and nothing that ends an attribute of HTML. */
const safePath = (path: string): string =>
  encodeURI(path).replace(/["'<>&]/g, (sign) => (sign === "&" ? "&amp;" : encodeURIComponent(sign)));

/** Sign-in by the provider of OIDC_ISSUER. Who comes back is matched with a person by subject, or the first time by verified address; nobody is made. */
export function openIdRoutes({ database, config }: Parts): Route[] {
  const client = config.openId && new OpenIdClient(config.openId);
  const redirectUri = (url: URL): string => new URL(backPath, url).href;
  const redirect = { 302: { description: "Ke penyedia / to the provider", headers: ["Location", "Set-Cookie"] } };
  const away = { 503: { description: "Penyedia tidak menjawab / the provider does not answer" } };

  const depart = async ({ query: { to }, request, url }: Asked<z.infer<typeof Start>>) => {
    if (!client) throw problem("openid_off");
    const { url: address, state, nonce, verifier } = await client.depart(redirectUri(url));
    const now = new Date();
    const expiresAt = new Date(now.getTime() + minutes * 60_000);
    const attempt = { stateHash: hashOf(state), nonce, verifier, returnTo: to, now, expiresAt };
    await asKeeper(() => database.transaction((transaction) => keepOpenIdAttempt(transaction, attempt)));
    // Lax: it has to come along when the provider sends the browser back.
    const cookie = cookieHeader(request, openIdCookie, state, minutes * 60, "Lax");
    return { status: 302, headers: { Location: address, "Set-Cookie": cookie, "Cache-Control": "no-store" } };
  };

  const arrive = async ({ query: { state }, request, url }: Asked<z.infer<typeof Back>>) => {
    if (!client) throw problem("openid_off");
    // Only the browser that departed may arrive, so that nobody is signed in as somebody else by a link.
    const departed = readCookie(request, openIdCookie);
    const attempt =
      state !== undefined && departed !== null && sameSecret(departed, state)
        ? await asKeeper(() => database.transaction((transaction) => takeOpenIdAttempt(transaction, hashOf(state), new Date())))
        : null;
    if (!attempt || state === undefined)
      throw problem("openid_refused", {
        reason: "tidak dimulai dari peramban ini, atau terlalu lama / not begun in this browser, or too long ago",
      });
    const claims = await client.arrive(new URL(url.pathname + url.search, redirectUri(url)), { ...attempt, state });
    const cookie = await asKeeper(() =>
      database.transaction(async (transaction) => {
        const { issuer, subject, verifiedEmail } = claims;
        const name =
          (await nameOfSubject(transaction, issuer, subject)) ??
          (verifiedEmail === null ? null : await bindSubject(transaction, verifiedEmail, issuer, subject));
        const known = name === null ? null : await findPerson(transaction, name);
        if (!known || known.isDisabled) throw problem("openid_unknown_person", { value: verifiedEmail ?? subject });
        await noteSignIn(transaction, known.name, new Date());
        await noteInAudit(transaction, { who: known, what: "session.begin", object: auditObject("people", known.name) });
        markNoted();
        // The provider vouches for the person; a password that was reset plays no part here.
        return beginSession(transaction, request, signedInPerson({ ...known, mustChangePassword: false }), config.adminToken);
      }),
    );
    // A page and no redirect: the session's cookie is strict, and would not go along with a redirect that another site began.
    const page = `<!doctype html><html lang="id"><head><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${safePath(attempt.returnTo)}"><title>Waspada</title></head><body><p>Masuk… / Signing in…</p></body></html>`;
    return { type: "text/html; charset=utf-8", headers: { "Set-Cookie": cookie, "Cache-Control": "no-store" }, body: page };
  };

  return [
    route<z.infer<typeof Start>>({
      method: "get",
      path: "/api/session/openid",
      summary: "Masuk lewat penyedia OpenID Connect / sign in by the OpenID Connect provider",
      tag: "masuk",
      who: "anyone",
      query: Start,
      answers: { ...redirect, ...problemAnswers, ...away },
      handle: depart,
    }),
    route<z.infer<typeof Back>>({
      method: "get",
      path: backPath,
      summary: "Kembali dari penyedia / back from the provider",
      tag: "masuk",
      who: "anyone",
      query: Back,
      answers: {
        200: { description: "Masuk / signed in", types: { "text/html": null }, headers: ["Set-Cookie"] },
        ...problemAnswers,
        ...away,
      },
      handle: arrive,
    }),
  ];
}
