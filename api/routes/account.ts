import { z } from "zod";
import { idleSince } from "../access/identities.ts";
import { asKeeper } from "../access/keeper.ts";
import { hashPassword, isPassword, refuseWeakPassword } from "../access/passwords.ts";
import { AccountDocument, Password, SessionList } from "../contract/people.ts";
import type { Transaction } from "../database/database.ts";
import { everyRole, type Person, type Route, route } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { type KnownPerson, listPeople, setPassword } from "../queries/people.ts";
import { removeSession, removeSessions } from "../queries/sessions.ts";
import { countRecoveryCodes } from "../queries/totp.ts";
import { type Parts, problemAnswers } from "./parts.ts";
import { personDocument, sessionList } from "./peopleDocuments.ts";
import { oneself } from "./tokens.ts";

const NewPassword = z.strictObject({ current: z.string().min(1).max(1000), password: Password });
const gone = { 204: { description: "Selesai / done" }, ...problemAnswers };
export const everyone = { tag: "akun", who: everyRole } as const;
export const beforePasswordChange = { isOpenBeforePasswordChange: true } as const;

/** Whether somebody signed in with an account of its own, not with a token. */
export const isOwnSession = ({ isDemo, credential }: Person): boolean => !isDemo && credential?.kind === "session";

/** The person's own account, after a sign-in with it and not with a token. @throws person_session_only */
export async function ownAccount(transaction: Transaction, asker: Person): Promise<KnownPerson> {
  if (!isOwnSession(asker)) throw problem("person_session_only");
  return oneself(transaction, asker, asker.name);
}

/** What a person sees and changes of the own account. */
export function accountRoutes({ database, identities, slowDown }: Parts): Route[] {
  return [
    route({
      ...everyone,
      ...beforePasswordChange,
      method: "get",
      path: "/api/account",
      summary: "Akun saya / my account",
      answers: { 200: { description: "Akun / account", types: { "application/json": AccountDocument } }, ...problemAnswers },
      handle: async ({ person }) => ({
        headers: { "Cache-Control": "no-store" },
        body: await asKeeper(() =>
          database.transaction(async (transaction) => {
            const { name } = await oneself(transaction, person, person.name);
            const [listed] = await listPeople(transaction, null, { after: "", limit: 1, only: name, now: new Date() });
            const recoveryCodesLeft = await countRecoveryCodes(transaction, name);
            return { ...(listed && personDocument(listed)), recoveryCodesLeft, isOwnSession: isOwnSession(person) };
          }),
        ),
      }),
    }),
    route<Record<string, never>, z.infer<typeof NewPassword>>({
      ...everyone,
      ...beforePasswordChange,
      method: "put",
      path: "/api/account/password",
      summary: "Ganti kata sandi; sesi lain berakhir / change the password; other sessions end",
      body: { kind: "json", types: ["application/json"], limit: 10_000, schema: NewPassword },
      answers: { ...gone, 422: { description: "Terlalu mudah / too easy", types: { "application/problem+json": null } } },
      handle: async ({ person, body: { current, password }, request }) => {
        const known = await asKeeper(() => database.transaction((transaction) => ownAccount(transaction, person)));
        if (current === password)
          throw problem("invalid_field", {
            field: "password",
            value: "(…)",
            expected: "lain dari yang sekarang / another than the present one",
          });
        refuseWeakPassword(known.name, password);
        await slowDown.try(known.name, request.ip ?? "", async () => {
          if (!(await isPassword(known.passwordHash, current))) throw problem("wrong_password");
        });
        const passwordHash = await hashPassword(password);
        await asKeeper(() =>
          database.transaction(
            async (transaction) => {
              await setPassword(transaction, known.name, passwordHash, false, new Date());
              await removeSessions(transaction, known.name, person.credential?.id ?? null);
            },
            { durable: true },
          ),
        );
        await identities.changed();
        return { status: 204 };
      },
    }),
    route({
      ...everyone,
      ...beforePasswordChange,
      method: "get",
      path: "/api/account/sessions",
      summary: "Sesi saya / my sessions",
      answers: { 200: { description: "Sesi / sessions", types: { "application/json": SessionList } }, ...problemAnswers },
      handle: async ({ person }) => ({
        headers: { "Cache-Control": "no-store" },
        body: await asKeeper(() =>
          database.transaction(async (transaction) => {
            const now = new Date();
            const { name } = await oneself(transaction, person, person.name);
            return sessionList(transaction, name, person.credential?.id ?? null, now, idleSince(now));
          }),
        ),
      }),
    }),
    route({
      ...everyone,
      ...beforePasswordChange,
      method: "delete",
      path: "/api/account/sessions",
      summary: "Akhiri semua sesi lain / end all other sessions",
      answers: gone,
      handle: async ({ person }) => {
        await asKeeper(() =>
          database.transaction(async (transaction) =>
            removeSessions(transaction, (await oneself(transaction, person, person.name)).name, person.credential?.id ?? null),
          ),
        );
        await identities.changed();
        return { status: 204 };
      },
    }),
    route({
      ...everyone,
      ...beforePasswordChange,
      method: "delete",
      path: "/api/account/sessions/{session}",
      summary: "Akhiri satu sesi / end one session",
      answers: gone,
      handle: async ({ person, path: { session = "" } }) => {
        const isId = z.uuid().safeParse(session).success;
        const isEnded =
          isId &&
          (await asKeeper(() =>
            database.transaction(async (transaction) =>
              removeSession(transaction, (await oneself(transaction, person, person.name)).name, session),
            ),
          ));
        if (!isEnded) throw problem("not_found", { value: session });
        await identities.changed();
        return { status: 204 };
      },
    }),
  ];
}
