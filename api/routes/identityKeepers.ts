import { z } from "zod";
import { auditObject, noteInAudit } from "../access/audit.ts";
import { actAs } from "../database/actor.ts";
import { type Route, route } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { listOpeners, nameOpener, removeOpener } from "../queries/identities.ts";
import { refuseUnlessNational } from "./audit.ts";
import { type Parts, problemAnswers } from "./parts.ts";

const path = "/api/identity-openers";
const Openers = z.object({ openers: z.array(z.object({ name: z.string(), namedAt: z.string(), namedBy: z.string() })) });

/** Who is named to open identities, and the change of the key outside the database: matters of the admins of everything. */
export function identityKeeperRoutes({ database, vault }: Parts): Route[] {
  const shared = { tag: "identitas", who: ["admin"], isClosedToDemo: true } as const;
  return [
    route({
      ...shared,
      method: "get",
      path,
      summary: "Siapa boleh membuka identitas / who may open identities",
      answers: { 200: { description: "Orang yang ditunjuk / named people", types: { "application/json": Openers } }, ...problemAnswers },
      handle: async ({ person }) => {
        refuseUnlessNational(person);
        return { headers: { "Cache-Control": "no-store" }, body: { openers: await actAs("auditor", () => listOpeners(database)) } };
      },
    }),
    route({
      ...shared,
      method: "put",
      path: `${path}/{name}`,
      summary: "Tunjuk pembuka identitas / name an opener",
      answers: { 204: { description: "Ditunjuk / named" }, ...problemAnswers },
      handle: async ({ person, path: { name = "" } }) => {
        refuseUnlessNational(person);
        await actAs("auditor", () =>
          database.transaction(
            async (transaction) => {
              await nameOpener(transaction, name, { at: new Date(), person: person.name });
              await noteInAudit(transaction, { who: person, what: "opener.name", object: auditObject("people", name) });
            },
            { durable: true },
          ),
        );
        return { status: 204 };
      },
    }),
    route({
      ...shared,
      method: "delete",
      path: `${path}/{name}`,
      summary: "Cabut pembuka identitas / remove an opener",
      answers: { 204: { description: "Dicabut / removed" }, ...problemAnswers },
      handle: async ({ person, path: { name = "" } }) => {
        refuseUnlessNational(person);
        await actAs("auditor", () =>
          database.transaction(
            async (transaction) => {
              if (!(await removeOpener(transaction, name))) throw problem("not_found", { value: `identity-openers ${name}` });
              await noteInAudit(transaction, { who: person, what: "opener.remove", object: auditObject("people", name) });
            },
            { durable: true },
          ),
        );
        return { status: 204 };
      },
    }),
    route({
      ...shared,
      method: "post",
      path: "/api/identity-key/rotation",
      summary: "Ganti kunci identitas di luar basis data / change the identities' key outside the database",
      answers: {
        200: { description: "Terganti / changed", types: { "application/json": z.object({ identities: z.number() }) } },
        ...problemAnswers,
        503: { description: "Kunci tidak ada / the key is missing" },
      },
      handle: async ({ person }) => {
        refuseUnlessNational(person);
        return { body: { identities: await vault.rotate(database, person) } };
      },
    }),
  ];
}
