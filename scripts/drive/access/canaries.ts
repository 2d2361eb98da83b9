import { type Asker, canaryOf, otherArea, ownArea } from "./world.ts";

/** One protected text, and who may read it. */
export interface Canary {
  readonly text: string;
  readonly area: string | null;
  readonly readers: readonly Asker["role"][];
}

const team: readonly Asker["role"][] = ["analyst", "leader", "verifier", "admin"];
const itemFields = ["Judul", "Fakta", "Pendapat", "Laporan", "Analisis", "Perkiraan", "Saran", "Lampiran", "Sengketa", "Pokok", "Pelaku"];
const visitFields = ["Tim", "Mediator", "Kontak", "Notulen", "Penilaian", "Kesepakatan", "Janji"];
const planners: readonly Asker["role"][] = ["leader", "admin"];
const vaultFields = ["Nama", "Catatan"];

/** Every canary of the world. None was filed by, or shared with, a reporter or partner; secrets are read by nobody. */
export function canariesOf(secrets: readonly string[]): Canary[] {
  const inArea = (area: string): Canary[] => [
    ...itemFields.map((field) => ({ text: canaryOf(area, field), area, readers: team })),
    { text: canaryOf(area, "Pelapor"), area, readers: ["verifier", "admin"] as const },
    ...visitFields.map((field) => ({ text: canaryOf(area, field), area, readers: planners })),
    ...vaultFields.map((field) => ({ text: canaryOf(area, field), area, readers: [] })),
    { text: `0812${area.replace(".", "")}777`, area, readers: [] },
  ];
  return [...inArea(ownArea), ...inArea(otherArea), ...secrets.map((text) => ({ text, area: null, readers: [] }))];
}

const mayRead = (asker: Asker, { area, readers }: Canary): boolean =>
  readers.includes(asker.role) && (asker.area === null || asker.area === area);

/** The canaries that stand in an answer to somebody who may not read them. What was asked for may be told back. */
export function leaked(asker: Asker, canaries: readonly Canary[], asked: string, answer: Buffer): string[] {
  const text = answer.toString("latin1");
  return canaries
    .filter((canary) => text.includes(canary.text) && !asked.includes(canary.text) && !mayRead(asker, canary))
    .map(({ text }) => text);
}
