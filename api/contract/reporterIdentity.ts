import { z } from "zod";

const text = (most: number) => z.string().trim().min(1).max(most);

/** Who reported. It goes into the vault and nowhere else: not into the report, its history, answers, exports or logs. */
export const ReporterIdentity = z
  .strictObject({
    name: text(200).optional(),
    phone: text(50).optional(),
    position: text(200).optional(),
    email: text(200).optional(),
    address: text(500).optional(),
    notes: text(1000).optional(),
  })
  .refine((identity) => Object.keys(identity).length > 0, "paling sedikit satu keterangan / at least one detail");
export type ReporterIdentity = z.output<typeof ReporterIdentity>;

/** Why an identity is opened, erased or looked for. */
export const Reason = z.string().trim().min(10, "alasan, paling sedikit 10 huruf / a reason of at least 10 characters").max(500);

const digitsOf = (phone: string): string => phone.replace(/\D/g, "").replace(/^(62|0)+/, "");
const lettersOf = (name: string): string =>
  name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** Whether an identity is the one looked for: phones by their digits whatever the prefix, the rest by the words they hold. */
export function isSought(
  identity: ReporterIdentity,
  sought: { name?: string | undefined; phone?: string | undefined; email?: string | undefined },
): boolean {
  const { name, phone, email } = sought;
  return (
    (phone === undefined || (identity.phone !== undefined && digitsOf(identity.phone) === digitsOf(phone))) &&
    (name === undefined || (identity.name !== undefined && ` ${lettersOf(identity.name)} `.includes(` ${lettersOf(name)} `))) &&
    (email === undefined || identity.email?.toLowerCase() === email.toLowerCase())
  );
}
