import { z } from "zod";
import { once, requestHash } from "../access/idempotency.ts";
import { idleSince } from "../access/identities.ts";
import { asKeeper } from "../access/keeper.ts";
import { addPerson, alterPerson, dropPerson, givenPassword, managed } from "../access/managePeople.ts";
import {
  NewPerson,
  type NewPersonSent,
  PeopleList,
  PersonChange,
  type PersonChangeSent,
  PersonDocument,
  peoplePage,
  SessionList,
} from "../contract/people.ts";
import type { Queryable, Transaction } from "../database/database.ts";
import { type Answer, type Person, type Route, route } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { unbindSubject } from "../queries/openId.ts";
import { countPeople, listPeople, nameKeyOf } from "../queries/people.ts";
import { removeSessions } from "../queries/sessions.ts";
import { turnTotpOff } from "../queries/totp.ts";
import { type Parts, problemAnswers } from "./parts.ts";
import { personDocument, sessionList } from "./peopleDocuments.ts";

const Page = z.strictObject({
  limit: z.coerce.number().int().min(1).max(peoplePage).default(100),
  after: z.string().max(100).default("").describe("dari tautan next / from the next link"),
});
const gone = { 204: { description: "Selesai / done" }, ...problemAnswers };
const personAnswer = { description: "Orang / person", types: { "application/json": PersonDocument } };
const refusals = {
  ...problemAnswers,
  409: { description: "Sudah ada, atau admin terakhir / taken, or the last admin", types: { "application/problem+json": null } },
  422: { description: "Tidak dapat diterima / not acceptable", types: { "application/problem+json": null } },
};

/** Who manages people: admins, each inside its own areas; not the demo's. */
export const adminsOnly = { tag: "orang", who: ["admin"], isClosedToDemo: true } as const;

export function userRoutes({ database, identities }: Parts): Route[] {
  const personOf = async (source: Queryable, admin: Person, name: string, now: Date) => {
    const [found] = await listPeople(source, admin.areas, { after: "", limit: 1, only: name, now });
    if (!found) throw problem("not_found", { value: name });
    return personDocument(found);
  };
  /** Does something to a person in one transaction; from the next request on it counts. */
  const change = async <T>(work: (transaction: Transaction, now: Date) => Promise<T>): Promise<T> => {
    const result = await asKeeper(() => database.transaction((transaction) => work(transaction, new Date()), { durable: true }));
    await identities.changed();
    return result;
  };
  const toManaged = async (
    admin: Person,
    name: string | undefined,
    work: (transaction: Transaction, name: string) => Promise<unknown>,
  ): Promise<Answer> => {
    await change(async (transaction) => work(transaction, (await managed(transaction, admin, name ?? "")).name));
    return { status: 204 };
  };
  return [
    route<z.infer<typeof Page>>({
      ...adminsOnly,
      method: "get",
      path: "/api/users",
      summary: "Orang / people",
      query: Page,
      answers: { 200: { description: "Daftar / list", types: { "application/json": PeopleList } }, ...problemAnswers },
      handle: async ({ person, query: { limit, after }, url }) => {
        const [numberMatched, found] = await asKeeper(async () => [
          await countPeople(database, person.areas),
          await listPeople(database, person.areas, { after: nameKeyOf(after), limit: limit + 1, only: null, now: new Date() }),
        ]);
        const people = found.slice(0, limit).map(personDocument);
        const last = found.length > limit ? found[limit - 1]?.nameKey : undefined;
        const next = new URL(`/api/users?${new URLSearchParams({ limit: String(limit), after: last ?? "" })}`, url).href;
        const links = last === undefined ? [] : [{ rel: "next", href: next }];
        return { headers: { "Cache-Control": "no-store" }, body: { numberMatched, numberReturned: people.length, people, links } };
      },
    }),
    route<Record<string, never>, NewPersonSent>({
      ...adminsOnly,
      method: "post",
      path: "/api/users",
      summary: "Tambah orang / add a person",
      body: { kind: "json", types: ["application/json"], limit: 20_000, schema: NewPerson },
      answers: { 201: { ...personAnswer, headers: ["Location"] }, 200: personAnswer, ...refusals },
      handle: async ({ person: admin, body, header }) => {
        const passwordHash = await givenPassword(body.name, body.password);
        // Nothing made from the password is kept with the answer.
        const { password: _, ...told } = body;
        const answer = await change((transaction, now) =>
          once(transaction, admin.name, header("idempotency-key"), requestHash("POST", "/api/users", told), now, async () => {
            await addPerson(transaction, admin, body, passwordHash, now);
            const made = await personOf(transaction, admin, body.name, now);
            return { status: 201, headers: { Location: `/api/users/${encodeURIComponent(made.name)}` }, body: JSON.stringify(made) };
          }),
        );
        return { ...answer, type: "application/json" };
      },
    }),
    route({
      ...adminsOnly,
      method: "get",
      path: "/api/users/{name}",
      summary: "Seorang / one person",
      answers: { 200: personAnswer, ...problemAnswers },
      handle: async ({ person, path }) => ({
        headers: { "Cache-Control": "no-store" },
        body: await asKeeper(() => personOf(database, person, path.name ?? "", new Date())),
      }),
    }),
    route<Record<string, never>, PersonChangeSent>({
      ...adminsOnly,
      method: "patch",
      path: "/api/users/{name}",
      summary: "Ubah peran, wilayah, surel, sandi, atau tutup akun / change role, areas, e-mail, password, or disable",
      body: { kind: "json", types: ["application/json", "application/merge-patch+json"], limit: 20_000, schema: PersonChange },
      answers: { 200: personAnswer, ...refusals },
      handle: async ({ person: admin, path: { name = "" }, body }) => {
        const passwordHash = await givenPassword(name, body.password);
        return {
          body: await change(async (transaction, now) => {
            await alterPerson(transaction, admin, name, body, passwordHash, now);
            const rows = await listPeople(transaction, null, { after: "", limit: 1, only: name, now });
            return rows[0] && personDocument(rows[0]);
          }),
        };
      },
    }),
    route({
      ...adminsOnly,
      method: "delete",
      path: "/api/users/{name}",
      summary: "Hapus orang beserta token dan sesinya / remove a person with tokens and sessions",
      answers: { ...gone, 409: refusals[409] },
      handle: async ({ person, path }) => {
        await change((transaction, now) => dropPerson(transaction, person, path.name ?? "", now));
        return { status: 204 };
      },
    }),
    route({
      ...adminsOnly,
      method: "get",
      path: "/api/users/{name}/sessions",
      summary: "Sesi yang terbuka / open sessions",
      answers: { 200: { description: "Sesi / sessions", types: { "application/json": SessionList } }, ...problemAnswers },
      handle: async ({ person, path }) => ({
        headers: { "Cache-Control": "no-store" },
        body: await asKeeper(async () => {
          const now = new Date();
          const { name } = await personOf(database, person, path.name ?? "", now);
          return sessionList(database, name, person.credential?.id ?? null, now, idleSince(now));
        }),
      }),
    }),
    route({
      ...adminsOnly,
      method: "delete",
      path: "/api/users/{name}/sessions",
      summary: "Keluarkan di mana-mana / sign out everywhere",
      answers: gone,
      handle: async ({ person, path }) => toManaged(person, path.name, (transaction, name) => removeSessions(transaction, name, null)),
    }),
    route({
      ...adminsOnly,
      method: "delete",
      path: "/api/users/{name}/totp",
      summary: "Matikan kode sekali pakai seseorang / turn a person's one-time codes off",
      answers: gone,
      handle: async ({ person, path }) => toManaged(person, path.name, turnTotpOff),
    }),
    route({
      ...adminsOnly,
      method: "delete",
      path: "/api/users/{name}/openid",
      summary: "Lepaskan dari penyedia OpenID / untie from the OpenID provider",
      answers: gone,
      handle: async ({ person, path }) => toManaged(person, path.name, unbindSubject),
    }),
  ];
}
