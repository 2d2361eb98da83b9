/** Layar peta agregat: untuk orang di luar tim. */
export const agregat = {
  title: "Peta agregat per kecamatan",
  says: "Anda melihat agregat: jumlah dan tingkat per kecamatan dan masa laporan, bukan kejadian, desa, pelaku, atau pelapor.",
  least:
    "Sel dengan kurang dari {incidents} kejadian atau {reporters} pelapor disamarkan, begitu pula angka lain yang selisihnya akan menunjukkannya. Disamarkan bukan nol.",
  area: "Kabupaten/kota",
  period: "Masa laporan",
  shown: "Warna menurut",
  byCount: "Jumlah kejadian",
  byBand: "Tingkat kerawanan",
  bandSays: "Tingkat yang dimiliki sebagian besar desanya",
  district: "Kecamatan",
  count: "Kejadian",
  band: "Tingkat",
  total: "Seluruh kabupaten/kota",
  none: "Belum dinilai",
  map: "Peta kecamatan {area}",
  loading: "Memuat agregat…",
} as const;
