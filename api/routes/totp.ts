import { z } from "zod";
import { asKeeper } from "../access/keeper.ts";
import { isPassword } from "../access/passwords.ts";
import { newRecoveryCodes, newTotp, stepOf } from "../access/totp.ts";
import type { Route } from "../endpoint.ts";
import { route } from "../endpoint.ts";
import { problem } from "../problem.ts";
import { offeredTotp, offerTotp, turnTotpOff, turnTotpOn } from "../queries/totp.ts";
import { everyone, ownAccount } from "./account.ts";
import { type Parts, problemAnswers } from "./parts.ts";

const Offer = z.object({ secret: z.string(), uri: z.string(), qr: z.string().describe("SVG") });
const Code = z.strictObject({ code: z.string().regex(/^\d{6}$/, "enam angka / six digits") });
const CurrentPassword = z.strictObject({ password: z.string().min(1).max(1000) });
const Codes = z.object({ recoveryCodes: z.array(z.string()).describe("terlihat sekali ini saja / told this once") });
const conflict = {
  409: { description: "Sudah menyala, atau belum dimulai / on already, or not begun", types: { "application/problem+json": null } },
};

/** One-time codes of the own account: a key is offered, confirmed by a code of it, and turned off with the password. */
export function totpRoutes({ database, identities, slowDown }: Parts): Route[] {
  return [
    route({
      ...everyone,
      method: "post",
      path: "/api/account/totp",
      summary: "Mulai kode sekali pakai: kunci dan gambar QR / begin one-time codes: key and QR picture",
      answers: { 200: { description: "Kunci / key", types: { "application/json": Offer } }, ...problemAnswers, ...conflict },
      handle: async ({ person }) => ({
        headers: { "Cache-Control": "no-store" },
        body: await asKeeper(() =>
          database.transaction(async (transaction) => {
            const known = await ownAccount(transaction, person);
            if (known.totpSecret !== null) throw problem("totp_already_on", { value: known.name });
            const offer = newTotp(known.name);
            await offerTotp(transaction, known.name, offer.secret);
            return offer;
          }),
        ),
      }),
    }),
    route<Record<string, never>, z.infer<typeof Code>>({
      ...everyone,
      method: "put",
      path: "/api/account/totp",
      summary: "Nyalakan dengan satu kode; kode pemulihan dijawab / turn on with one code; answers recovery codes",
      body: { kind: "json", types: ["application/json"], limit: 1000, schema: Code },
      answers: {
        200: { description: "Kode pemulihan / recovery codes", types: { "application/json": Codes } },
        ...problemAnswers,
        ...conflict,
        422: { description: "Kode tidak cocok / code does not fit", types: { "application/problem+json": null } },
      },
      handle: async ({ person, body: { code } }) => {
        const codes = await asKeeper(() =>
          database.transaction(
            async (transaction) => {
              const known = await ownAccount(transaction, person);
              if (known.totpSecret !== null) throw problem("totp_already_on", { value: known.name });
              const secret = await offeredTotp(transaction, known.name);
              if (secret === null) throw problem("totp_not_begun");
              const step = stepOf(known.name, secret, code, new Date());
              if (step === null) throw problem("unconfirmed_code", { value: code });
              const fresh = newRecoveryCodes(known.name);
              await turnTotpOn(transaction, known.name, step, fresh.hashes);
              return fresh.codes;
            },
            { durable: true },
          ),
        );
        return { headers: { "Cache-Control": "no-store" }, body: { recoveryCodes: codes } };
      },
    }),
    route<Record<string, never>, z.infer<typeof CurrentPassword>>({
      ...everyone,
      method: "post",
      path: "/api/account/totp/off",
      summary: "Matikan kode sekali pakai / turn one-time codes off",
      body: { kind: "json", types: ["application/json"], limit: 10_000, schema: CurrentPassword },
      answers: { 204: { description: "Mati / off" }, ...problemAnswers },
      handle: async ({ person, body: { password }, request }) => {
        const known = await asKeeper(() => database.transaction((transaction) => ownAccount(transaction, person)));
        await slowDown.try(known.name, request.ip ?? "", async () => {
          if (!(await isPassword(known.passwordHash, password))) throw problem("wrong_password");
        });
        await asKeeper(() => database.transaction((transaction) => turnTotpOff(transaction, known.name), { durable: true }));
        await identities.changed();
        return { status: 204 };
      },
    }),
  ];
}
