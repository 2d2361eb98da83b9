import { z } from "zod";
import { audienceOf } from "../access/audience.ts";
import { asKeeper } from "../access/keeper.ts";
import { maySee } from "../access/people.ts";
import { type Person, type Role, type Route, route } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { collections } from "../queries/collections.ts";
import { readItem } from "../queries/items.ts";
import { findPerson } from "../queries/people.ts";
import { listShares, shareItem, unshareItem } from "../queries/sharedItems.ts";
import type { ItemKind } from "../queries/verification.ts";
import { type Parts, problemAnswers } from "./parts.ts";
import { readId } from "./readId.ts";

const team: readonly Role[] = ["analyst", "leader", "verifier", "admin"];
const Shares = z.object({ shares: z.array(z.object({ name: z.string(), shared_at: z.string(), shared_by: z.string() })) });
const answers = { ...problemAnswers, 422: { description: "Tidak dapat dibagikan / cannot be shared" } };

/** What the team shows to a partner or a reporter by name: one incident or one report, read and never changed by them. */
export function shareRoutes({ database }: Parts): Route[] {
  const ofKind = (kind: ItemKind): Route[] => {
    const path = `/api/collections/${kind}s/items/{item}/shares`;
    const seen = async (item: string | undefined, person: Person): Promise<{ id: string; villageCode: string }> => {
      const id = readId(item);
      const row = await readItem(database, collections[`${kind}s`], id, person.areas);
      if (!row) throw problem("not_found", { value: `${kind}s ${id}` });
      return { id, villageCode: String(row.village_code) };
    };
    return [
      route({
        method: "get",
        path,
        summary: "Dibagikan kepada siapa / shown to whom",
        tag: "kejadian",
        who: team,
        answers: { 200: { description: "Daftar / list", types: { "application/json": Shares } }, ...problemAnswers },
        handle: async ({ path: { item }, person }) => {
          const shares = await listShares(database, kind, (await seen(item, person)).id);
          return { body: { shares: shares.map(({ name, sharedAt, sharedBy }) => ({ name, shared_at: sharedAt, shared_by: sharedBy })) } };
        },
      }),
      route({
        method: "put",
        path: `${path}/{person}`,
        summary: "Bagikan kepada seorang mitra / show to a partner",
        tag: "kejadian",
        who: team,
        answers: { 204: { description: "Dibagikan / shown" }, ...answers },
        handle: async ({ path: { item, person: name = "" }, person }) => {
          const { id, villageCode } = await seen(item, person);
          const known = await asKeeper(() => findPerson(database, name));
          const reader = known && ({ name: known.name, role: known.role, areas: known.areas, isDemo: false } satisfies Person);
          if (!reader || audienceOf(reader) !== "own" || !maySee(reader, villageCode))
            throw problem("not_shareable", { field: "person", value: name });
          await database.transaction(
            (transaction) => shareItem(transaction, kind, id, { name: reader.name, at: new Date(), by: person.name }),
            {
              durable: true,
            },
          );
          return { status: 204 };
        },
      }),
      route({
        method: "delete",
        path: `${path}/{person}`,
        summary: "Berhenti membagikan / show no longer",
        tag: "kejadian",
        who: team,
        answers: { 204: { description: "Tidak lagi dibagikan / no longer shown" }, ...problemAnswers },
        handle: async ({ path: { item, person: name = "" }, person }) => {
          const { id } = await seen(item, person);
          const wasShared = await database.transaction((transaction) => unshareItem(transaction, kind, id, name), { durable: true });
          if (!wasShared) throw problem("not_found", { value: `${kind}s ${id} shares ${name}` });
          return { status: 204 };
        },
      }),
    ];
  };
  return [...ofKind("incident"), ...ofKind("report")];
}
