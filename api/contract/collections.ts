/** What each collection is, for people and for catalogues. */
export const collectionTexts = {
  provinces: { title: "Provinsi / provinces", description: "Provinsi dengan kode Kemendagri. / Provinces by Kemendagri code." },
  regencies: { title: "Kabupaten/kota / regencies", description: "Kabupaten dan kota. / Regencies and cities." },
  districts: { title: "Kecamatan / districts", description: "Kecamatan. / Districts." },
  villages: {
    title: "Desa/kelurahan / villages",
    description:
      "Desa dan kelurahan dengan penduduk tahun terbaru; tidak diketahui berarti null. / Villages with their newest population; unknown is null.",
  },
  incidents: {
    title: "Kejadian / incidents",
    description: "Apa yang terjadi, satu kali, di satu desa. / What happened, once, in one village.",
  },
  reports: {
    title: "Laporan informasi / reports",
    description: "Apa yang dilaporkan orang, termasuk nihil. / What somebody reported, nil reports included.",
  },
  potentials: {
    title: "Potensi konflik / standing disputes",
    description:
      "Sengketa yang masih hidup: tempat, isu, pihak, tahap, kapan ditinjau lagi. weight = max(0,25; 0,5^(hari lewat / 90)). / Standing disputes: place, issue, actors, stage, when to be looked at again. weight = max(0.25, 0.5^(days overdue / 90)).",
  },
  visits: {
    title: "Kunjungan / visits",
    description:
      "Siapa pergi ke mana, siapa yang didengar, apa hasilnya; hanya untuk pimpinan tim. / Who goes where, who was heard, what came of it; for team leaders only.",
  },
  agreements: {
    title: "Kesepakatan / agreements",
    description:
      "Apa yang disepakati pada kunjungan, siapa berbuat apa sampai kapan. / What was agreed on visits, who does what until when.",
  },
  mediators: {
    title: "Mediator / mediators",
    description:
      "Orang yang dapat berbicara dengan kedua pihak, selama mereka setuju dicatat. / People who can talk to both sides, while they consent to stand here.",
  },
  teams: {
    title: "Tim kunjungan / visiting teams",
    description: "Tim dengan pangkalan, hari, jam, keahlian, dan bahasa. / Teams with base, days, hours, skills and languages.",
  },
  risk: {
    title: "Indeks risiko / risk score",
    description:
      "Penilaian terakhir yang terbit per desa: urutan, bukan peluang. / The latest published score by village: an order, not a probability.",
  },
  hotspots: {
    title: "Titik panas / hotspots",
    description: "Gi* terakhir yang terbit per desa dengan nilai p dan q. / The latest published Gi* by village with p and q.",
  },
} as const;
