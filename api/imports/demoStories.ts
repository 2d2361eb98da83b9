import type { SeededChoice } from "./demoRandom.ts";

/** What may have happened: form, stage, how often among the issue's stories, a title and the facts. `{place}`, `{people}`, `{hour}` are filled in. */
interface Story {
  readonly form: string;
  readonly stage: string;
  readonly weight: number;
  readonly title: string;
  readonly facts: string;
}

const story = (form: string, stage: string, weight: number, title: string, facts: string): Story => ({ form, stage, weight, title, facts });

/** Stories by issue. Invented and general: no person, no school, no organisation is named. */
export const stories: Readonly<Record<string, readonly Story[]>> = {
  "404": [
    story(
      "F6",
      "T4",
      3,
      "Bentrokan dua kelompok latihan",
      "Dua kelompok sekitar {people} orang saling lempar batu di {place} sekitar pukul {hour}. Dibubarkan aparat.",
    ),
    story(
      "F10",
      "T2",
      4,
      "Konvoi atribut lewat jalan desa",
      "Konvoi sekitar {people} sepeda motor beratribut melintas {place} sekitar pukul {hour}, suara knalpot mengganggu warga.",
    ),
    story(
      "F5",
      "T4",
      3,
      "Pengeroyokan seusai latihan",
      "Seorang pemuda dipukuli beberapa orang di {place} sekitar pukul {hour} setelah ditanya soal kaus yang dipakainya.",
    ),
    story(
      "F4",
      "T3",
      2,
      "Sweeping atribut di jalan desa",
      "Sekitar {people} orang memeriksa pengendara yang memakai atribut di {place} sekitar pukul {hour}.",
    ),
    story("F1", "T2", 2, "Isu balas dendam di grup pesan", "Beredar ajakan berkumpul di {place}; warga meminta patroli malam."),
    story("F7", "T4", 1, "Perusakan tugu", "Tugu di {place} dicat dan sebagian dirusak orang tak dikenal, diketahui warga pukul {hour}."),
  ],
  "301": [
    story(
      "F1",
      "T2",
      3,
      "Keresahan batas lahan",
      "Warga dua dusun mempersoalkan patok lahan di {place}; pertemuan di balai desa belum sepakat.",
    ),
    story(
      "F3",
      "T3",
      2,
      "Unjuk rasa sengketa lahan",
      "Sekitar {people} warga menyampaikan keberatan atas pengukuran lahan di {place} pukul {hour}. Berjalan tertib.",
    ),
    story(
      "F7",
      "T4",
      1,
      "Perusakan tanaman di lahan sengketa",
      "Tanaman di lahan yang disengketakan dekat {place} dirusak; pemilik melapor pukul {hour}.",
    ),
  ],
  "302": [
    story(
      "F4",
      "T3",
      3,
      "Blokade jalan truk galian",
      "Sekitar {people} warga menutup jalan truk galian di {place} sejak pukul {hour} karena jalan rusak dan debu.",
    ),
    story(
      "F3",
      "T3",
      3,
      "Unjuk rasa menolak galian C",
      "Sekitar {people} warga meminta galian di dekat {place} dihentikan. Perwakilan diterima di balai desa pukul {hour}.",
    ),
    story(
      "F2",
      "T3",
      1,
      "Ancaman kepada penjaga galian",
      "Penjaga galian di dekat {place} didatangi dan diancam beberapa orang sekitar pukul {hour}.",
    ),
    story(
      "F1",
      "T2",
      2,
      "Keresahan sumur mengering",
      "Warga sekitar {place} menduga sumur mengering akibat pengambilan air; meminta pemeriksaan.",
    ),
    story("F7", "T4", 1, "Alat berat dirusak", "Kaca alat berat di dekat {place} ditemukan pecah pukul {hour}; pelaku belum diketahui."),
  ],
  "303": [
    story("F1", "T2", 3, "Keluhan bau kandang", "Warga mengeluhkan bau kandang di dekat {place}; kepala dusun menampung keluhan."),
    story(
      "F3",
      "T3",
      1,
      "Warga datangi tempat usaha",
      "Sekitar {people} warga mendatangi tempat usaha dekat {place} pukul {hour} meminta saluran limbah diperbaiki.",
    ),
  ],
  "405": [
    story(
      "F6",
      "T4",
      2,
      "Tawuran pemuda dua dusun",
      "Pemuda dua dusun, sekitar {people} orang, saling lempar di {place} sekitar pukul {hour}.",
    ),
    story(
      "F2",
      "T3",
      2,
      "Saling ancam antarpemuda",
      "Dua kelompok pemuda saling menantang di {place} sekitar pukul {hour}; dilerai warga.",
    ),
    story("F1", "T2", 1, "Isu serangan antardusun", "Beredar kabar akan ada serangan ke dusun dekat {place}; ronda ditambah."),
  ],
  "407": [
    story("F6", "T4", 2, "Tawuran pelajar", "Sekitar {people} pelajar terlibat tawuran di {place} sekitar pukul {hour}."),
    story(
      "F5",
      "T4",
      1,
      "Pemukulan oleh rombongan motor",
      "Seorang pemuda dipukul rombongan pengendara motor di {place} sekitar pukul {hour}.",
    ),
    story("F10", "T1", 1, "Balap liar", "Sekitar {people} pengendara berkumpul untuk balap liar di {place} sekitar pukul {hour}."),
  ],
  "406": [
    story(
      "F6",
      "T4",
      2,
      "Ricuh penonton orkes",
      "Penonton orkes saling dorong dan lempar di {place} sekitar pukul {hour}; acara dihentikan.",
    ),
    story("F5", "T4", 1, "Pengeroyokan seusai orkes", "Seorang penonton dipukuli seusai orkes di {place} sekitar pukul {hour}."),
  ],
  "202": [
    story(
      "F3",
      "T3",
      2,
      "Protes penjaringan perangkat desa",
      "Sekitar {people} warga mempertanyakan hasil ujian perangkat desa di {place} pukul {hour}.",
    ),
    story("F1", "T2", 2, "Isu uang menjelang pilkades", "Warga membicarakan dugaan pembagian uang menjelang pilkades di sekitar {place}."),
    story(
      "F2",
      "T3",
      1,
      "Intimidasi pendukung calon",
      "Pendukung salah satu calon didatangi beberapa orang di {place} sekitar pukul {hour}.",
    ),
  ],
  "204": [
    story(
      "F3",
      "T2",
      1,
      "Protes daftar bansos",
      "Sekitar {people} warga datang ke {place} pukul {hour} mempertanyakan daftar penerima bantuan.",
    ),
  ],
  "206": [
    story(
      "F3",
      "T3",
      1,
      "Warga minta penjelasan dana desa",
      "Sekitar {people} warga meminta penjelasan penggunaan dana desa di {place} pukul {hour}.",
    ),
  ],
  "304": [
    story(
      "F3",
      "T2",
      1,
      "Unjuk rasa upah",
      "Sekitar {people} pekerja menyampaikan tuntutan upah di {place} mulai pukul {hour}. Berjalan tertib.",
    ),
  ],
  "305": [story("F3", "T2", 1, "Protes pupuk langka", "Sekitar {people} petani mempertanyakan jatah pupuk di {place} pukul {hour}.")],
  "401": [
    story(
      "F1",
      "T2",
      1,
      "Keberatan pendirian bangunan",
      "Sebagian warga menyampaikan keberatan atas rencana rumah ibadat di sekitar {place}; musyawarah dijadwalkan.",
    ),
  ],
  "402": [
    story(
      "F1",
      "T2",
      1,
      "Perbedaan pendapat soal pengeras suara",
      "Warga berbeda pendapat soal pengeras suara di sekitar {place}; ditengahi tokoh setempat.",
    ),
  ],
  "408": [
    story(
      "F2",
      "T3",
      1,
      "Permintaan uang keamanan",
      "Beberapa orang meminta uang keamanan kepada pedagang di {place} sekitar pukul {hour}.",
    ),
  ],
  "409": [
    story(
      "F5",
      "T4",
      1,
      "Terduga pencuri dipukuli warga",
      "Seorang terduga pencuri dipukuli warga di {place} sekitar pukul {hour}, lalu diserahkan kepada polisi.",
    ),
  ],
  "411": [
    story(
      "F1",
      "T2",
      1,
      "Kabar bohong penculikan",
      "Kabar bohong tentang penculikan beredar di sekitar {place}; diluruskan pemerintah desa.",
    ),
  ],
  "501": [story("F1", "T1", 1, "Laporan dugaan peredaran obat", "Warga melaporkan dugaan peredaran obat terlarang di sekitar {place}.")],
  "504": [story("F1", "T1", 1, "Keluhan warung miras", "Warga mengeluhkan penjualan minuman keras di sekitar {place}.")],
};

const places = [
  "perempatan pasar",
  "balai desa",
  "lapangan desa",
  "jembatan desa",
  "jalan antardusun",
  "pos ronda",
  "tepi sawah",
  "terminal lama",
  "tanggul kali",
  "halaman gedung serbaguna",
];

/** One story of this issue, told: form, stage, title, facts and the hour it speaks of. */
export function tellStory(
  issue: string,
  choice: SeededChoice,
): { form: string; stage: string; title: string; facts: string; hour: number | null } {
  const told = stories[issue]![choice.weighted(stories[issue]!.map((known) => known.weight))]!;
  const hour = told.form === "F3" ? choice.between(8, 14) : choice.pick([16, 19, 20, 21, 21, 22, 23]);
  const filled = {
    place: choice.pick(places),
    people: String(choice.pick([15, 20, 25, 30, 40, 50, 60, 80, 100])),
    hour: `${hour}.${choice.pick(["00", "15", "30", "45"])}`,
  };
  const facts = told.facts.replace(/\{(place|people|hour)\}/g, (_, key: keyof typeof filled) => filled[key]);
  return { form: told.form, stage: told.stage, title: told.title, facts, hour: told.facts.includes("{hour}") ? hour : null };
}
