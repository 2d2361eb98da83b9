import { z } from "zod";
import { once, requestHash } from "../access/idempotency.ts";
import { asKeeper } from "../access/keeper.ts";
import { managed } from "../access/managePeople.ts";
import { makeToken, tokenDocument } from "../access/tokens.ts";
import { MadeToken, NewToken, type NewTokenSent, TokenList } from "../contract/people.ts";
import type { Transaction } from "../database/database.ts";
import { type Answer, everyRole, type Person, type Route, route } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { findPerson, type KnownPerson } from "../queries/people.ts";
import { listTokens, revokeToken } from "../queries/tokens.ts";
import { type Parts, problemAnswers } from "./parts.ts";
import { adminsOnly } from "./users.ts";

type Find = (transaction: Transaction, asker: Person, name: string) => Promise<KnownPerson>;

/** Oneself, with an account of one's own: neither the demo nor ADMIN_TOKEN has one. */
export const oneself: Find = async (transaction, asker) => {
  const known = asker.isDemo || asker.credential?.kind === "bootstrap" ? null : await findPerson(transaction, asker.name);
  if (!known) throw problem("person_session_only");
  return known;
};

/** The tokens of people whom an admin manages, and one's own: the same routes at two addresses. */
export function tokenRoutes({ database, identities }: Parts): Route[] {
  const routesAt = (base: string, who: Pick<Route, "tag" | "who" | "isClosedToDemo">, find: Find, isOwn: boolean): Route[] => [
    route({
      ...who,
      method: "get",
      path: base,
      summary: "Token yang berlaku / valid tokens",
      answers: { 200: { description: "Token / tokens", types: { "application/json": TokenList } }, ...problemAnswers },
      handle: async ({ person, path }) => {
        const tokens = await asKeeper(() =>
          database.transaction(async (transaction) =>
            listTokens(transaction, (await find(transaction, person, path.name ?? "")).name, new Date()),
          ),
        );
        return { headers: { "Cache-Control": "no-store" }, body: { tokens: tokens.map(tokenDocument) } };
      },
    }),
    route<Record<string, never>, NewTokenSent>({
      ...who,
      method: "post",
      path: base,
      summary: "Buat token; terlihat sekali ini saja / make a token; it is told this once",
      body: { kind: "json", types: ["application/json"], limit: 20_000, schema: NewToken, isOptional: true },
      answers: {
        201: { description: "Token", types: { "application/json": MadeToken } },
        200: {
          description: "Sudah dibuat; tokennya tidak disimpan / made already; the token is not kept",
          types: { "application/json": MadeToken },
        },
        ...problemAnswers,
        422: { description: "Lebih luas daripada orangnya / wider than the person", types: { "application/problem+json": null } },
      },
      handle: async ({ person: asker, path: { name = "" }, body, header, request }): Promise<Answer> => {
        if (isOwn && asker.credential?.kind !== "session") throw problem("person_session_only");
        const sent = body ?? {};
        let secret: string | null = null;
        const answer = await asKeeper(() =>
          database.transaction(
            (transaction) => {
              const now = new Date();
              return once(transaction, asker.name, header("idempotency-key"), requestHash("POST", request.path, sent), now, async () => {
                const { token, ...made } = await makeToken(transaction, asker, await find(transaction, asker, name), sent, now);
                secret = token;
                return { status: 201, headers: {}, body: JSON.stringify({ ...made, token: null }) };
              });
            },
            { durable: true },
          ),
        );
        const told = { ...(JSON.parse(answer.body) as object), token: secret };
        return { status: answer.status, headers: { "Cache-Control": "no-store" }, body: told };
      },
    }),
    route({
      ...who,
      method: "delete",
      path: `${base}/{token}`,
      summary: "Cabut token / revoke a token",
      answers: { 204: { description: "Dicabut / revoked" }, ...problemAnswers },
      handle: async ({ person, path: { name = "", token = "" } }) => {
        if (!z.uuid().safeParse(token).success) throw problem("not_found", { value: token });
        const isRevoked = await asKeeper(() =>
          database.transaction(
            async (transaction) => revokeToken(transaction, (await find(transaction, person, name)).name, token, new Date()),
            { durable: true },
          ),
        );
        if (!isRevoked) throw problem("not_found", { value: token });
        await identities.changed();
        return { status: 204 };
      },
    }),
  ];
  return [
    ...routesAt("/api/users/{name}/tokens", adminsOnly, managed, false),
    ...routesAt("/api/account/tokens", { tag: "akun", who: everyRole }, oneself, true),
  ];
}
