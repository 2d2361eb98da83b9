/** Words of the methods screen: what each number is, and what it is not. */
export const metode = {
  title: "Metode",
  lead: "Setiap angka di Waspada dapat ditelusuri sampai laporan yang membentuknya. Halaman ini mengatakan apa arti angka itu dan apa yang tidak dikatakannya.",
  says: "Yang dikatakan",
  saysNot: "Yang tidak dikatakan",
  how: "Cara menghitung",
  contents: "Isi",
  refused: "Kapan ditolak",
  source: "Sumber",
  api: "Rujukan lengkap untuk program lain: antarmuka Waspada",
} as const;
