/** What may happen and how people tell it: invented, each sentence in several ways, with facts in braces. */
export interface MadeStory {
  readonly issue: string;
  readonly form: string;
  /** What a reporter may take it for. */
  readonly mistakenIssues: readonly string[];
  readonly mistakenForms: readonly string[];
  /** The chance that somebody is hurt. */
  readonly harm: number;
  readonly facts: Readonly<Record<string, readonly string[]>>;
  readonly sentences: readonly (readonly string[])[];
}

const places = ["pasar", "balai desa", "lapangan", "perempatan", "jembatan", "warung kopi", "terminal", "sekolah", "makam", "pos ronda"];
const times = ["pukul 21.00", "pukul 23.30", "sore hari", "menjelang subuh", "siang tadi", "pukul 16.15", "malam hari", "pagi hari"];
const causes = [
  "saling ejek di media sosial",
  "salah paham",
  "senggolan motor",
  "dendam lama",
  "rebutan lahan parkir",
  "coretan di tembok",
];

export const stories: readonly MadeStory[] = [
  {
    issue: "404",
    form: "F6",
    mistakenIssues: ["407", "405"],
    mistakenForms: ["F5", "F10"],
    harm: 0.7,
    facts: { place: places, time: times, cause: causes, group: ["perguruan A", "perguruan B", "dua perguruan silat", "anggota perguruan"] },
    sentences: [
      ["Terjadi bentrokan {group} di dekat {place}.", "{group} bentrok di sekitar {place}.", "Tawuran antara {group} pecah di {place}."],
      ["Kejadian {time} setelah latihan bersama.", "Sekitar {time} rombongan pulang latihan.", "Bermula {time} seusai latihan."],
      ["Dipicu {cause}.", "Penyebabnya {cause}.", "Diduga karena {cause}."],
      ["Polisi membubarkan massa.", "Aparat datang dan situasi terkendali.", "Babinsa dan Bhabinkamtibmas melerai."],
    ],
  },
  {
    issue: "407",
    form: "F6",
    mistakenIssues: ["404", "406"],
    mistakenForms: ["F5", "F2"],
    harm: 0.5,
    facts: {
      place: places,
      time: times,
      school: ["SMK", "SMA", "MTs", "pelajar dua sekolah"],
      thing: ["celurit", "batu", "gir motor", "kayu"],
    },
    sentences: [
      ["Tawuran pelajar {school} di {place}.", "Anak-anak {school} tawuran dekat {place}.", "Pelajar {school} saling serang di {place}."],
      ["Membawa {thing}.", "Ditemukan {thing} di lokasi.", "Mereka bersenjata {thing}."],
      ["Waktunya {time}.", "Terjadi {time} saat jam pulang.", "Sekitar {time}."],
      ["Warga mengamankan beberapa anak.", "Beberapa pelajar dibawa ke polsek.", "Guru dan orang tua dipanggil."],
    ],
  },
  {
    issue: "301",
    form: "F3",
    mistakenIssues: ["306", "205"],
    mistakenForms: ["F4", "F1"],
    harm: 0.1,
    facts: {
      land: ["tanah kas desa", "sawah sengketa", "lahan perkebunan", "tanah waris"],
      place: places,
      number: ["50", "100", "puluhan", "ratusan"],
    },
    sentences: [
      [
        "{number} warga berunjuk rasa soal {land}.",
        "Aksi {number} petani menuntut {land}.",
        "Warga sekitar {number} orang demo masalah {land}.",
      ],
      ["Massa berkumpul di {place}.", "Titik kumpul di {place}.", "Aksi dimulai dari {place}."],
      ["Mereka menuntut sertifikat dibatalkan.", "Tuntutannya pengembalian lahan.", "Minta pengukuran ulang."],
      ["Aksi berjalan tertib.", "Berakhir setelah ditemui kepala desa.", "Mediasi dijadwalkan pekan depan."],
    ],
  },
  {
    issue: "409",
    form: "F5",
    mistakenIssues: ["407", "999"],
    mistakenForms: ["F6", "F7"],
    harm: 0.8,
    facts: { place: places, time: times, thief: ["pencuri motor", "pencuri ayam", "penjambret", "orang yang dituduh mencuri"] },
    sentences: [
      ["{thief} dihajar massa di {place}.", "Massa mengeroyok {thief} dekat {place}.", "Warga menghakimi {thief} di {place}."],
      ["Kejadian {time}.", "Peristiwa berlangsung {time}.", "Sekira {time}."],
      ["Korban dibawa ke puskesmas.", "Pelaku diselamatkan polisi.", "Yang bersangkutan dirawat di rumah sakit."],
    ],
  },
  {
    issue: "401",
    form: "F1",
    mistakenIssues: ["402", "101"],
    mistakenForms: ["F2", "F3"],
    harm: 0.05,
    facts: {
      house: ["rumah ibadat", "musala", "tempat doa", "gereja", "pura"],
      reason: ["izin belum lengkap", "tanda tangan warga kurang", "letaknya dekat permukiman"],
    },
    sentences: [
      ["Warga keberatan atas pendirian {house}.", "Muncul penolakan pembangunan {house}.", "Keresahan warga soal rencana {house}."],
      ["Alasannya {reason}.", "Karena {reason}.", "Warga menyebut {reason}."],
      ["FKUB diminta turun.", "Camat menjadwalkan musyawarah.", "Tokoh agama menenangkan warga."],
    ],
  },
  {
    issue: "202",
    form: "F3",
    mistakenIssues: ["206", "204"],
    mistakenForms: ["F1", "F7"],
    harm: 0.1,
    facts: {
      place: places,
      office: ["hasil pilkades", "pengisian perangkat desa", "pencalonan kepala desa"],
      number: ["puluhan", "sekitar 80", "ratusan"],
    },
    sentences: [
      ["{number} pendukung calon memprotes {office}.", "Protes {number} orang atas {office}.", "Massa {number} menolak {office}."],
      ["Berkumpul di {place}.", "Mereka mendatangi {place}.", "Aksi di {place}."],
      ["Menuduh panitia curang.", "Minta penghitungan ulang.", "Menuntut pelantikan ditunda."],
    ],
  },
  {
    issue: "405",
    form: "F7",
    mistakenIssues: ["407", "404"],
    mistakenForms: ["F6", "F8"],
    harm: 0.4,
    facts: { place: places, time: times, cause: causes, number: ["tiga", "dua", "lima", "beberapa"] },
    sentences: [
      [
        "{number} rumah dirusak warga dusun tetangga.",
        "Perusakan {number} rumah oleh pemuda kampung sebelah.",
        "Warga dua kampung ribut, {number} rumah rusak.",
      ],
      ["Bermula dari {cause}.", "Akibat {cause}.", "Awalnya {cause} di {place}."],
      ["Terjadi {time}.", "Kejadiannya {time}.", "Mulai {time}."],
      ["Polisi berjaga di perbatasan.", "Kedua kepala desa dipertemukan.", "Patroli ditambah."],
    ],
  },
  {
    issue: "305",
    form: "F4",
    mistakenIssues: ["204", "304"],
    mistakenForms: ["F3", "F1"],
    harm: 0.05,
    facts: { goods: ["pupuk", "BBM", "elpiji", "minyak goreng"], place: places, time: times },
    sentences: [
      [
        "Jalan diblokade petani karena {goods} langka.",
        "Warga menutup jalan memprotes kelangkaan {goods}.",
        "Blokade jalan di {place} soal {goods}.",
      ],
      ["Dilakukan {time}.", "Sejak {time}.", "Berlangsung {time}."],
      ["Jalan dibuka setelah kios membagikan stok.", "Dinas berjanji menambah pasokan.", "Lalu lintas dialihkan."],
    ],
  },
];
