import type { Request } from "express";
import { z } from "zod";
import { refuseForeignPage } from "../access/cookies.ts";
import { asKeeper } from "../access/keeper.ts";
import { hashPassword, refuseWeakPassword } from "../access/passwords.ts";
import { demoPerson, hashOf, sameSecret } from "../access/people.ts";
import { beginSession, endSession } from "../access/sessions.ts";
import { byPassword, byToken, signedInPerson } from "../access/signIn.ts";
import { Password, PersonName } from "../contract/people.ts";
import { type Answer, type Asked, type Person, type Route, route } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { createPerson } from "../queries/people.ts";
import { getSetting, removeSetting } from "../queries/settings.ts";
import { type Parts, problemAnswers } from "./parts.ts";

const SignIn = z.union([
  z.strictObject({ token: z.string().min(1).max(500) }),
  z.strictObject({ name: z.string().min(1).max(100), password: z.string().min(1).max(1000), code: z.string().min(1).max(40).optional() }),
]);
const Setup = z.strictObject({ link: z.string().min(1).max(200), name: PersonName, password: Password });
const Session = z.object({
  person: z.object({ name: z.string(), role: z.string(), areas: z.array(z.string()).nullable() }).nullable(),
  demo: z.boolean(),
  setupOpen: z.boolean(),
  isReadOnly: z.boolean(),
  mustChangePassword: z.boolean(),
  openId: z.string().nullable().describe("nama penyedia pada tombol masuk / what the button calls the provider"),
});
const tooOften = { 429: { description: "Terlalu sering / too often", headers: ["Retry-After"] } };

export function sessionRoutes(parts: Parts): Route[] {
  const { database, config, slowDown, identities } = parts;
  const isForwarded = (asked: Asked): boolean =>
    ["x-forwarded-for", "x-forwarded-host", "forwarded", "via"].some((name) => asked.header(name) !== undefined);
  const document = async (person: Person | null) => ({
    person: person && { name: person.name, role: person.role, areas: person.areas },
    demo: parts.isDemoOn(),
    setupOpen: (await asKeeper(() => getSetting(database, "setup_link_hash"))) !== null,
    isReadOnly: person?.credential?.isReadOnly ?? false,
    mustChangePassword: person?.credential?.mustChangePassword ?? false,
    openId: config.openId?.label ?? null,
  });
  const signedIn = async (request: Request, person: Person, status = 200): Promise<Answer> => {
    const cookie = await asKeeper(() =>
      database.transaction((transaction) => beginSession(transaction, request, person, config.adminToken)),
    );
    return { status, headers: { "Set-Cookie": cookie, "Cache-Control": "no-store" }, body: await document(person) };
  };
  const prove = (sent: z.infer<typeof SignIn>, address: string): Promise<Person> =>
    slowDown.try("name" in sent ? sent.name : null, address, () =>
      asKeeper(() => ("token" in sent ? byToken(database, sent.token, config.adminToken) : byPassword(database, sent))),
    );
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
        if (!isSignedIn && parts.isDemoOn() && !isForwarded(asked)) return signedIn(asked.request, demoPerson);
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
        ...tooOften,
      },
      handle: async ({ request, body }) => {
        refuseForeignPage(request);
        return signedIn(request, await prove(body, request.ip ?? ""));
      },
    }),
    route({
      method: "delete",
      path: "/api/session",
      summary: "Keluar / sign out",
      tag: "masuk",
      who: "anyone",
      answers: { 204: { description: "Keluar / signed out" } },
      handle: async ({ request }) => {
        const cookie = await asKeeper(() => database.transaction((transaction) => endSession(transaction, request)));
        await identities.changed();
        return { status: 204, headers: { "Set-Cookie": cookie } };
      },
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
        ...tooOften,
      },
      handle: async ({ request, body: { link, name, password } }) => {
        refuseForeignPage(request);
        const isKept = (kept: string | null): boolean => kept !== null && sameSecret(kept, hashOf(link));
        const made = await slowDown.try(null, request.ip ?? "", () =>
          asKeeper(async () => {
            if (!isKept(await getSetting<string>(database, "setup_link_hash"))) throw problem("setup_closed");
            refuseWeakPassword(name, password);
            const fresh = { name, role: "admin", areas: null, passwordHash: await hashPassword(password) } as const;
            return database.transaction(async (transaction) => {
              // Read again inside the transaction that removes it: the link makes one person, whoever comes first.
              if (
                !isKept(await getSetting<string>(transaction, "setup_link_hash")) ||
                !(await removeSetting(transaction, "setup_link_hash"))
              )
                throw problem("setup_closed");
              if (!(await createPerson(transaction, fresh, new Date()))) throw problem("name_taken", { value: name });
              return fresh;
            });
          }),
        );
        const account = { ...made, email: null, isDisabled: false, mustChangePassword: false, totpSecret: null, openIdSubject: null };
        return signedIn(request, signedInPerson(account), 201);
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
