import { hash, verify } from "@node-rs/argon2";
import { z } from "zod";
import { administrator, beginSession, demoPerson, endSession, hashOf, sameSecret } from "../access/people.ts";
import { type Answer, type Asked, type Person, type Route, route } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { createPerson, findPerson } from "../queries/people.ts";
import { getSetting, removeSetting } from "../queries/settings.ts";
import { type Parts, problemAnswers } from "./parts.ts";

const SignIn = z.union([
  z.strictObject({ token: z.string().min(1).max(500) }),
  z.strictObject({ name: z.string().min(1).max(100), password: z.string().min(1).max(1000) }),
]);
const Setup = z.strictObject({
  link: z.string().min(1).max(200),
  name: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{1,60}$/u, "2–61 huruf / letters"),
  password: z.string().min(12, "≥ 12 huruf / characters").max(1000),
});
const Session = z.object({
  person: z.object({ name: z.string(), role: z.string(), areas: z.array(z.string()).nullable() }).nullable(),
  demo: z.boolean(),
  setupOpen: z.boolean(),
});

/** A hash that no password has, so that an unknown name takes as long to refuse as a wrong password. */
const nobodysHash = hash("nama yang tidak ada / a name that does not exist");

export function sessionRoutes(parts: Parts): Route[] {
  const { database, config } = parts;
  const isSecure = (asked: Asked<never, never> | Asked): boolean => asked.url.protocol === "https:";
  const isForwarded = (asked: Asked): boolean =>
    ["x-forwarded-for", "x-forwarded-host", "forwarded", "via"].some((name) => asked.header(name) !== undefined);
  const document = async (person: Person | null) => ({
    person: person && { name: person.name, role: person.role, areas: person.areas },
    demo: parts.isDemoOn(),
    setupOpen: (await getSetting(database, "setup_link_hash")) !== null,
  });
  const signIn = async ({ body }: { body: z.infer<typeof SignIn> }): Promise<Person> => {
    if ("token" in body) {
      if (config.adminToken && sameSecret(body.token, config.adminToken)) return administrator;
      throw problem("bad_credentials");
    }
    const known = await findPerson(database, body.name);
    const isRight = await verify(known?.passwordHash ?? (await nobodysHash), body.password);
    if (!known || !isRight) throw problem("bad_credentials");
    return { name: known.name, role: known.role, areas: known.areas, isDemo: false };
  };
  return [
    route({
      method: "get",
      path: "/api/session",
      summary: "Siapa saya / who am I",
      tag: "masuk",
      who: "anyone",
      answers: { 200: { description: "Sesi / session", types: { "application/json": Session } } },
      handle: async (asked): Promise<Answer> => {
        const isSignedIn = asked.person.name !== "anonymous";
        if (!isSignedIn && parts.isDemoOn() && !isForwarded(asked)) {
          return {
            headers: { "Set-Cookie": await beginSession(database, demoPerson, isSecure(asked)), "Cache-Control": "no-store" },
            body: await document(demoPerson),
          };
        }
        return { headers: { "Cache-Control": "no-store" }, body: await document(isSignedIn ? asked.person : null) };
      },
    }),
    route<Record<string, never>, z.infer<typeof SignIn>>({
      method: "post",
      path: "/api/session",
      summary: "Masuk / sign in",
      tag: "masuk",
      who: "anyone",
      body: { kind: "json", types: ["application/json"], limit: 10_000, schema: SignIn },
      answers: {
        200: { description: "Masuk / signed in", types: { "application/json": Session }, headers: ["Set-Cookie"] },
        ...problemAnswers,
        429: { description: "Terlalu sering / too often" },
      },
      handle: async (asked) => {
        const person = await signIn(asked);
        return {
          headers: { "Set-Cookie": await beginSession(database, person, isSecure(asked as never)), "Cache-Control": "no-store" },
          body: await document(person),
        };
      },
    }),
    route({
      method: "delete",
      path: "/api/session",
      summary: "Keluar / sign out",
      tag: "masuk",
      who: "anyone",
      answers: { 204: { description: "Keluar / signed out" } },
      handle: async ({ request }) => ({ status: 204, headers: { "Set-Cookie": await endSession(database, request) } }),
    }),
    route<Record<string, never>, z.infer<typeof Setup>>({
      method: "post",
      path: "/api/setup",
      summary: "Akun admin pertama lewat tautan awal / first admin by the set-up link",
      tag: "masuk",
      who: "anyone",
      body: { kind: "json", types: ["application/json"], limit: 10_000, schema: Setup },
      answers: {
        201: { description: "Terbuat / made", types: { "application/json": Session }, headers: ["Set-Cookie"] },
        ...problemAnswers,
      },
      handle: async (asked) => {
        const { link, name, password } = asked.body;
        const passwordHash = await hash(password);
        const person: Person = { name, role: "admin", areas: null, isDemo: false };
        await database.transaction(async (transaction) => {
          const kept = await getSetting<string>(transaction, "setup_link_hash");
          if (kept === null || !sameSecret(kept, hashOf(link))) throw problem("setup_closed");
          await createPerson(transaction, { name, role: "admin", areas: null, passwordHash }, new Date());
          await removeSetting(transaction, "setup_link_hash");
        });
        return {
          status: 201,
          headers: { "Set-Cookie": await beginSession(database, person, isSecure(asked as never)), "Cache-Control": "no-store" },
          body: await document(person),
        };
      },
    }),
    route({
      method: "delete",
      path: "/api/demo",
      summary: "Hapus data peragaan / remove the demo data",
      tag: "masuk",
      who: ["admin"],
      answers: { 204: { description: "Terhapus / removed" }, ...problemAnswers },
      handle: async () => {
        if (!parts.isDemoOn()) throw problem("not_found", { value: "data peragaan / demo data" });
        await parts.removeDemo();
        return { status: 204 };
      },
    }),
  ];
}
