import { z } from "zod";

// One line of a paper: what breaks lines or turns the direction of writing would let a field pass for another.
const line = (longest: number) =>
  z
    .string()
    .max(longest)
    .refine((text) => !/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u.test(text), "satu baris teks / one line of text")
    .transform((text) => text.trim());

/** Who signs a paper; empty fields are left out. */
export const Signatory = z.strictObject({
  position: line(120).default("").describe("jabatan, such as Kepala Badan Kesatuan Bangsa dan Politik"),
  name: line(120).default(""),
  rank: line(80).default("").describe("pangkat/golongan"),
  nip: z
    .string()
    .regex(/^(\d{8} ?\d{6} ?\d ?\d{3})?$/, "18 angka / 18 digits")
    .default("")
    .describe("nomor induk pegawai"),
});

/** The head of an office's papers (kop surat) and who signs them. */
export const Letterhead = z.strictObject({
  government: line(120).default("").describe("Pemerintah Kabupaten …"),
  office: line(160).default("").describe("Badan Kesatuan Bangsa dan Politik"),
  address: line(200).default(""),
  contact: line(200).default("").describe("telephone, mail, web"),
  city: line(80).default("").describe("the place before the date"),
  signatory: Signatory.default({ position: "", name: "", rank: "", nip: "" }),
});

export type Signatory = z.infer<typeof Signatory>;
export type Letterhead = z.infer<typeof Letterhead>;

/** What stands where an office has set nothing. */
export const emptyLetterhead: Letterhead = Letterhead.parse({});

/** A NIP as it is written: 19700101 199503 1 002. */
export const writtenNip = (nip: string): string => nip.replaceAll(" ", "").replace(/^(\d{8})(\d{6})(\d)(\d{3})$/, "$1 $2 $3 $4");

/** How far a paper may go: to anybody, inside the offices concerned, to those it names. */
export const classifications = ["biasa", "terbatas", "rahasia"] as const;
export type Classification = (typeof classifications)[number];
