import { admin as adminEn } from "./en/admin.ts";
import { agregat as agregatEn } from "./en/agregat.ts";
import { antrean as antreanEn } from "./en/antrean.ts";
import { cakupan as cakupanEn } from "./en/cakupan.ts";
import { catatan as catatanEn } from "./en/catatan.ts";
import { data as dataEn } from "./en/data.ts";
import { detail as detailEn } from "./en/detail.ts";
import { ekspor as eksporEn } from "./en/ekspor.ts";
import { frame as frameEn } from "./en/frame.ts";
import { gaya as gayaEn } from "./en/gaya.ts";
import { kop as kopEn } from "./en/kop.ts";
import { kunjungan as kunjunganEn } from "./en/kunjungan.ts";
import { laporan as laporanEn } from "./en/laporan.ts";
import { masuk as masukEn } from "./en/masuk.ts";
import { metode as metodeEn } from "./en/metode.ts";
import { peringatan as peringatanEn } from "./en/peringatan.ts";
import { peta as petaEn } from "./en/peta.ts";
import { potensi as potensiEn } from "./en/potensi.ts";
import { table as tableEn } from "./en/table.ts";
import { temuan as temuanEn } from "./en/temuan.ts";
import { terkait as terkaitEn } from "./en/terkait.ts";
import { time as timeEn } from "./en/time.ts";
import { tindak as tindakEn } from "./en/tindak.ts";
import { admin } from "./id/admin.ts";
import { agregat } from "./id/agregat.ts";
import { antrean } from "./id/antrean.ts";
import { cakupan } from "./id/cakupan.ts";
import { catatan } from "./id/catatan.ts";
import { data } from "./id/data.ts";
import { detail } from "./id/detail.ts";
import { ekspor } from "./id/ekspor.ts";
import { frame } from "./id/frame.ts";
import { gaya } from "./id/gaya.ts";
import { kop } from "./id/kop.ts";
import { kunjungan } from "./id/kunjungan.ts";
import { laporan } from "./id/laporan.ts";
import { masuk } from "./id/masuk.ts";
import { metode } from "./id/metode.ts";
import { peringatan } from "./id/peringatan.ts";
import { peta } from "./id/peta.ts";
import { potensi } from "./id/potensi.ts";
import { table } from "./id/table.ts";
import { temuan } from "./id/temuan.ts";
import { terkait } from "./id/terkait.ts";
import { time } from "./id/time.ts";
import { tindak } from "./id/tindak.ts";

export type Language = "id" | "en";

const indonesian = {
  admin,
  agregat,
  antrean,
  cakupan,
  potensi,
  data,
  frame,
  detail,
  ekspor,
  gaya,
  kop,
  peringatan,
  catatan,
  kunjungan,
  laporan,
  masuk,
  metode,
  peta,
  table,
  temuan,
  terkait,
  time,
  tindak,
};
const english: { [File in keyof typeof indonesian]: Record<keyof (typeof indonesian)[File], string> } = {
  admin: adminEn,
  agregat: agregatEn,
  antrean: antreanEn,
  data: dataEn,
  cakupan: cakupanEn,
  potensi: potensiEn,
  frame: frameEn,
  detail: detailEn,
  ekspor: eksporEn,
  gaya: gayaEn,
  kop: kopEn,
  peringatan: peringatanEn,
  catatan: catatanEn,
  kunjungan: kunjunganEn,
  laporan: laporanEn,
  masuk: masukEn,
  metode: metodeEn,
  peta: petaEn,
  table: tableEn,
  time: timeEn,
  temuan: temuanEn,
  terkait: terkaitEn,
  tindak: tindakEn,
};

/** `"<file>.<key>"`, for every word of every screen. */
export type TextKey = { [File in keyof typeof indonesian]: `${File}.${keyof (typeof indonesian)[File] & string}` }[keyof typeof indonesian];

class CurrentLanguage {
  current = $state<Language>("id");
}

/** The language a person reads now; the whole dashboard follows it. */
export const language = new CurrentLanguage();

/**
 * The words of a key in the language of now, with `{name}` replaced from `values`. Read it inside markup, `$derived` or `$effect` so that it follows the switch.
 * A name without a value stays as it is, so that a forgotten one is seen.
 */
export function t(key: TextKey, values: Readonly<Record<string, string | number>> = {}): string {
  const dot = key.indexOf(".");
  const dictionary = (language.current === "id" ? indonesian : english)[key.slice(0, dot) as keyof typeof indonesian] as Record<
    string,
    string
  >;
  return (dictionary[key.slice(dot + 1)] ?? key).replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));
}
