/** Words of the methods screen: what each number is, and what it is not. */
export const metode = {
  title: "Metode",
  lead: "Setiap angka di Waspada dapat ditelusuri sampai laporan yang membentuknya. Halaman ini mengatakan apa arti angka itu dan apa yang tidak dikatakannya.",
  says: "Yang dikatakan",
  saysNot: "Yang tidak dikatakan",
  how: "Cara menghitung",
  contents: "Isi",
  riskTitle: "Indeks risiko, 0–100",
  riskHow:
    "Jumlah enam bagian, masing-masing dari 0 sampai 1, ditimbang dengan bobot resmi: kejadian (laju kejadian desa itu menurut berat dan sumbernya, yang lama meluruh), imbasan (laju yang sama pada semua tetangganya), kecenderungan (apakah 90 hari terakhir memuat lebih dari bagiannya), kerentanan (indikator sosial), agenda, dan potensi. Bagian yang datanya belum ada disebut, dan bobotnya dibagi kepada yang lain.",
  riskSays:
    "Urutan: desa mana yang lebih patut didatangi lebih dulu, dengan bukti yang ada hari ini. Rentang 90% dan rentang peringkat menunjukkan seberapa goyah urutan itu.",
  riskSaysNot:
    "Bukan peluang terjadinya konflik dan bukan ramalan. Skor 70 tidak berarti 70 persen. Skor rendah di desa yang tidak pernah melapor tidak berarti aman.",
  bandsTitle: "AMAN, RAWAN, SANGAT RAWAN, DATA KURANG",
  bandsHow:
    "Batas tetap: 34 dan 67. Desa yang turun baru berganti pita setelah tiga poin di bawah batas, supaya pita tidak berkedip; naik berlaku seketika.",
  bandsSays: "Cara singkat membaca skor. Setiap pita juga punya bentuk: lingkaran, belah ketupat, segitiga.",
  bandsSaysNot:
    "DATA KURANG bukan nol dan bukan aman: penduduknya tidak diketahui, cakupan pelaporannya di bawah separuh, atau rentang skornya menjangkau dari AMAN sampai SANGAT RAWAN.",
  hotspotsTitle: "Titik panas Gi*",
  hotspotsHow:
    "Getis–Ord Gi*: laju kejadian sebuah desa bersama tetangganya dibandingkan dengan seluruh wilayah. Nilai p dari permutasi bersyarat, lalu dikoreksi untuk ratusan uji sekaligus (laju temuan palsu); garis digambar bila q < 0,05.",
  hotspotsSays: "Di sini kejadian mengumpul lebih rapat daripada yang wajar bila tersebar acak menurut penduduk.",
  hotspotsSaysNot:
    "Tidak mengatakan sebabnya, dan tidak mengatakan bahwa desa lain aman: gugus yang kecil atau risiko yang naik sedikit tidak akan terlihat dengan jumlah kejadian setahun.",
  ratesTitle: "Laju dan penghalusan",
  ratesHow:
    "Kejadian per 10.000 penduduk dalam periode. Desa kecil dihaluskan ke arah tetangganya (Bayes empiris), dengan rentang dari sebaran Gamma–Poisson.",
  ratesSays: "Perbandingan antardesa yang tidak ditentukan oleh satu kejadian di desa kecil.",
  ratesSaysNot: "Laju mengikuti kerajinan melapor. Penduduk yang tidak diketahui tidak dianggap nol; desanya tidak dihitung.",
  countsTitle: "Jumlah kejadian dan garis waktu",
  countsHow:
    "Kejadian berstatus dilaporkan atau terverifikasi menurut tanggal kejadiannya. Laporan nihil dihitung sebagai cakupan, bukan kejadian; kejadian yang ditolak atau digabung tidak dihitung.",
  countsSays: "Apa yang dilaporkan, di mana, dan kapan.",
  countsSaysNot:
    "Desa tanpa kejadian tercatat bisa jadi tenang, bisa jadi tidak melapor. Titik yang hanya diketahui desanya digambar di sekitar tengah desa, bukan di tempat kejadiannya.",
  runsTitle: "Nomor run",
  runsHow:
    "Setiap penilaian disimpan utuh: masukan, bobot, bibit acak, versi program, dan tanggal data. Nomor run ada di bawah setiap angka.",
  runsSays: "Angka yang sama dapat dihitung ulang dari data yang sama.",
  runsSaysNot: "Dapat diulang tidak berarti benar. Kebenaran bergantung pada laporan yang masuk.",
  api: "Rujukan lengkap untuk program lain: antarmuka Waspada",
} as const;
