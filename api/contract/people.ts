import { z } from "zod";

export const roles = ["reporter", "partner", "viewer", "analyst", "leader", "verifier", "admin"] as const;
export type RoleName = (typeof roles)[number];

/** Up to this many people or tokens come in one answer; `links` leads on. */
export const peoplePage = 500;
/** More tokens than this nobody can keep an eye on. */
export const mostTokensOfOnePerson = 100;
export const shortestPassword = 12;

export const PersonName = z
  .string()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N} ._@+'-]{0,59}[\p{L}\p{N}.]$/u,
    "2–61 huruf, angka, spasi, . _ - @ / 2–61 letters, digits, blanks, . _ - @",
  );
export const Password = z.string().min(shortestPassword, `≥ ${shortestPassword} huruf / characters`).max(1000, "≤ 1000 huruf / characters");
const AreaCode = z.string().regex(/^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$/, "kode wilayah seperti 35.17 / an area code such as 35.17");
const Areas = z
  .array(AreaCode)
  .min(1, "paling sedikit satu kode; null berarti semua wilayah / at least one code; null means everywhere")
  .max(600)
  .nullable();
const Role = z.enum(roles);
const Email = z.email("alamat surel / an e-mail address").max(254).nullable();

export const NewPerson = z.strictObject({
  name: PersonName,
  role: Role,
  areas: Areas.optional().describe("kosong: wilayah admin yang membuat / absent: the areas of the admin who makes it"),
  password: Password.optional(),
  email: Email.optional(),
  mustChangePassword: z.boolean().optional(),
});
export const PersonChange = z.strictObject({
  role: Role.optional(),
  areas: Areas.optional(),
  email: Email.optional(),
  password: Password.optional().describe("menyetel ulang; harus diganti saat masuk / resets; to be changed on signing in"),
  mustChangePassword: z.boolean().optional(),
  disabled: z.boolean().optional(),
});
export const NewToken = z.strictObject({
  label: z.string().trim().min(1).max(100).optional(),
  role: Role.optional(),
  areas: Areas.optional(),
  readOnly: z.boolean().optional(),
  expiresAt: z.iso.datetime({ offset: true }).nullable().optional(),
});

export const PersonDocument = z.object({
  name: z.string(),
  role: Role,
  areas: z.array(z.string()).nullable(),
  email: z.string().nullable(),
  disabled: z.boolean(),
  hasPassword: z.boolean(),
  mustChangePassword: z.boolean(),
  totp: z.boolean(),
  openId: z.boolean(),
  createdAt: z.string(),
  signedInAt: z.string().nullable(),
  sessions: z.number().int(),
  tokens: z.number().int(),
});
export const TokenDocument = z.object({
  id: z.uuid(),
  label: z.string(),
  role: Role.nullable(),
  areas: z.array(z.string()).nullable(),
  readOnly: z.boolean(),
  createdBy: z.string(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
});
export const SessionDocument = z.object({
  id: z.uuid(),
  isThis: z.boolean(),
  agent: z.string(),
  createdAt: z.string(),
  lastSeenAt: z.string(),
  expiresAt: z.string(),
});
/** The token itself is told once; when the same request is repeated it is null. */
export const MadeToken = TokenDocument.extend({ token: z.string().nullable() });
export const AccountDocument = PersonDocument.extend({ recoveryCodesLeft: z.number().int(), isOwnSession: z.boolean() });
const Link = z.object({ rel: z.string(), href: z.string() });
export const PeopleList = z.object({
  numberMatched: z.number().int(),
  numberReturned: z.number().int(),
  people: z.array(PersonDocument),
  links: z.array(Link),
});
export const TokenList = z.object({ tokens: z.array(TokenDocument) });
export const SessionList = z.object({ numberMatched: z.number().int(), sessions: z.array(SessionDocument) });

export type NewPersonSent = z.infer<typeof NewPerson>;
export type PersonChangeSent = z.infer<typeof PersonChange>;
export type NewTokenSent = z.infer<typeof NewToken>;
export type PersonJson = z.infer<typeof PersonDocument>;
export type TokenJson = z.infer<typeof TokenDocument>;
export type SessionJson = z.infer<typeof SessionDocument>;
export type AccountJson = z.infer<typeof AccountDocument>;
