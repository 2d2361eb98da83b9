import type { MethodCards } from "./card.ts";

/** Kartu metode dalam bahasa Indonesia. */
export const methodsInIndonesian: MethodCards = {
  risk: {
    title: "Indeks risiko, 0–100",
    how: "Jumlah enam bagian, masing-masing dari 0 sampai 1, ditimbang dengan bobot resmi: kejadian (laju kejadian desa itu menurut berat dan sumbernya, yang lama meluruh), imbasan (laju yang sama pada semua tetangganya), kecenderungan (apakah 90 hari terakhir memuat lebih dari bagiannya), kerentanan (indikator sosial), agenda, dan potensi. Bagian yang datanya belum ada disebut, dan bobotnya dibagi kepada yang lain.",
    says: "Urutan: desa mana yang lebih patut didatangi lebih dulu, dengan bukti yang ada hari ini. Rentang 90% dan rentang peringkat menunjukkan seberapa goyah urutan itu.",
    saysNot:
      "Bukan peluang terjadinya konflik dan bukan ramalan. Skor 70 tidak berarti 70 persen. Skor rendah di desa yang tidak pernah melapor tidak berarti aman.",
    refused: "Ditolak bila belum ada satu kejadian pun yang dimuat. Desa tanpa data penduduk tidak diberi peringkat.",
    source: "Clayton & Kaldor 1987; Marshall 1991; Ibrahim & Chen 2000",
  },
  bands: {
    title: "AMAN, RAWAN, SANGAT RAWAN, DATA KURANG",
    how: "Batas tetap: 34 dan 67. Desa yang turun baru berganti pita setelah tiga poin di bawah batas, supaya pita tidak berkedip; naik berlaku seketika.",
    says: "Cara singkat membaca skor. Setiap pita juga punya bentuk: lingkaran, belah ketupat, segitiga.",
    saysNot:
      "DATA KURANG bukan nol dan bukan aman: penduduknya tidak diketahui, cakupan pelaporannya di bawah separuh, atau rentang skornya menjangkau dari AMAN sampai SANGAT RAWAN.",
    refused: "Pita hanya ada untuk skor yang ada. Muat penduduk dan laporan, juga laporan nihil, agar DATA KURANG berkurang.",
    source: "Keputusan kantor, dibekukan dalam versi resmi",
  },
  counts: {
    title: "Jumlah kejadian dan garis waktu",
    how: "Kejadian berstatus dilaporkan atau terverifikasi menurut tanggal kejadiannya. Laporan nihil dihitung sebagai cakupan, bukan kejadian; kejadian yang ditolak atau digabung tidak dihitung.",
    says: "Apa yang dilaporkan, di mana, dan kapan.",
    saysNot:
      "Desa tanpa kejadian tercatat bisa jadi tenang, bisa jadi tidak melapor. Titik yang hanya diketahui desanya digambar di sekitar tengah desa, bukan di tempat kejadiannya.",
    refused: "Tidak pernah ditolak; lapisan isu konteks (501–504) baru dihitung bila diminta.",
    source: "Hitungan langsung",
  },
  aggregates: {
    title: "Agregat untuk luar tim",
    how: "Kejadian dihitung per kecamatan dan bulan, satu tabel tetap untuk tiap kabupaten dan masa laporan. Baris yang terlalu kecil digabung, dan sepetak sel disamarkan sampai tidak ada jumlah atau selisih yang menunjukkan kurang dari 5 kejadian atau 3 pelapor. Tingkat kecamatan adalah tingkat sebagian besar desanya.",
    says: "Angka yang diperlihatkan adalah jumlah yang sebenarnya, dan jumlah dari angka-angka itu juga.",
    saysNot:
      "Disamarkan bukan nol dan bukan tidak diketahui: di sana ada sesuatu yang terlalu sedikit untuk disebut, atau yang harus ikut ditutup.",
    refused: "Desa, satu isu, satu status, atau satu bentuk tidak dapat ditanyakan, sebab dua jawaban akan berbeda beberapa kejadian saja.",
    source: "Hundepool dkk. 2012; Gusfield 1988; Dobra & Fienberg 2000",
  },
  rates: {
    title: "Laju dan penghalusan",
    how: "Kejadian per 10.000 penduduk dalam periode. Desa kecil dihaluskan ke arah tetangganya (Bayes empiris; desa itu sendiri ikut dalam lingkungannya), dengan rentang dari sebaran Gamma–Poisson. Nisbah terstandar membandingkan kejadian dengan yang diharapkan dari jumlah penduduknya.",
    says: "Perbandingan antardesa yang tidak ditentukan oleh satu kejadian di desa kecil. Besarnya penghalusan ditunjukkan per desa.",
    saysNot: "Laju mengikuti kerajinan melapor. Laju yang halus bukan laju yang diamati: puncak yang sempit ikut merata.",
    refused: "Desa tanpa data penduduk atau berpenduduk nol tidak diberi laju dan tidak masuk jumlah; muat penduduk tahun terdekat.",
    source: "Marshall 1991; Clayton & Kaldor 1987",
  },
  weights: {
    title: "Siapa bertetangga dengan siapa",
    how: "Sisi (rook): berjarak paling jauh 10 m dan sekurangnya 100 m batasnya berdampingan dalam 30 m. Sisi atau sudut (queen, bawaan): juga yang bertemu di satu titik. Batas di lapangan sering renggang atau tumpang tindih beberapa meter; menuntut garis yang persis sama kehilangan tetangga. Pilihan lain: k terdekat, jarak, kernel, atau daftar sendiri (.gal, .gwt). Desa di seberang batas wilayah ikut dihitung.",
    says: "Hubungan yang dipakai setiap statistik tetangga, termasuk yang ditambahkan oleh toleransi.",
    saysNot: "Bersebelahan di peta bukan berarti warganya berhubungan: sungai dan bukit tidak tampak di batas administrasi.",
    refused:
      "Desa tanpa tetangga (pulau) disebut namanya dan tidak diberi hasil oleh statistik tetangga. Muat batas wilayah di sekitarnya, atau pakai k terdekat.",
    source: "Cliff & Ord 1981",
  },
  autocorrelation: {
    title: "Autokorelasi menyeluruh",
    how: "Moran I: apakah desa yang bersebelahan lebih mirip daripada bila lajunya diacak di antara desa. Versi Bayes empiris memperhitungkan beda penduduk. Geary C melihat selisih antartetangga; hitung sambungan melihat ada atau tidaknya kejadian. Nilai p dari permutasi.",
    says: "Satu angka untuk seluruh wilayah: mengelompok, acak, atau berselang-seling.",
    saysNot: "Tidak menunjukkan di mana. Wilayah yang seragam tinggi di satu sudut dan yang berbintik merata bisa bernilai sama.",
    refused: "Ditolak bila kurang dari tiga desa berdata atau tidak ada tetangga. Bila semua nilai sama, tidak ada hasil.",
    source: "Moran 1950; Cliff & Ord 1981; Assunção & Reis 1999",
  },
  hotspots: {
    title: "Titik panas Gi* dan Moran lokal",
    how: "Getis–Ord Gi*: laju kejadian sebuah desa bersama tetangganya dibandingkan dengan seluruh wilayah. Moran lokal: apakah desa dan tetangganya sama-sama tinggi, sama-sama rendah, atau berlawanan. Nilai p dua sisi dari 99.999 permutasi bersyarat, nilai yang seri dihitung penuh, lalu dikoreksi untuk ratusan uji sekaligus (laju temuan palsu); garis digambar bila q < 0,05.",
    says: "Di sini kejadian mengumpul lebih rapat daripada yang wajar bila laju diacak di antara desa. Setiap hasil menyebut risiko terkecil yang dapat terlihat dengan data sebanyak ini.",
    saysNot:
      "Tidak mengatakan sebabnya, dan tidak mengatakan bahwa desa lain aman: gugus yang kecil atau risiko yang naik sedikit tidak akan terlihat dengan jumlah kejadian setahun.",
    refused:
      "Ditolak bila permutasi terlalu sedikit untuk koreksinya (jumlah yang perlu disebut), bila kurang dari tiga desa berdata, atau bila tidak ada tetangga. Pulau dan desa tanpa penduduk: tanpa hasil.",
    source: "Getis & Ord 1992; Ord & Getis 1995; Anselin 1995; Benjamini & Hochberg 1995; Caldas de Castro & Singer 2006",
  },
  exact: {
    title: "Risiko lokal persis",
    how: "Bila risiko sama di mana-mana, kejadian di desa dan tetangganya mengikuti sebaran binomial menurut bagian penduduknya. Dari situ peluang ekor dihitung persis, tanpa permutasi dan tanpa pendekatan normal, beserta risiko relatif dengan rentang 95%. Bila kejadian datang bergerombol (antartetangga jumlahnya berbeda lebih daripada kejadian tunggal), dipakai beta-binomial dan itu disebut.",
    says: "Apakah kejadian di sekitar desa ini lebih banyak daripada bagian penduduknya, dan berapa kali lipat.",
    saysNot:
      "Tidak membedakan desa yang berisiko dari desa yang lebih rajin melapor, dan tidak mengatakan desa mana di lingkungan itu penyebabnya.",
    refused: "Ditolak bila tidak ada kejadian dalam periode dan saringan. Perpanjang periode.",
    source: "Clopper & Pearson 1934; Przyborowski & Wilenski 1940",
  },
  "space-time-scan": {
    title: "Pemindaian ruang-waktu",
    how: "Jendela dengan pusat, luas, dan rentang waktu yang berubah-ubah digeser ke seluruh wilayah; yang paling sulit dijelaskan oleh kebetulan dipilih menurut nisbah kemungkinan, lalu dibandingkan dengan jendela terbaik dari 999 peta acak. Model Poisson memakai penduduk; model permutasi ruang-waktu hanya memakai kejadiannya. Zona lingkaran atau tumbuh lewat tetangga.",
    says: "Gugus mana, sejak kapan, berapa kali lipat; nilai p-nya sudah memperhitungkan semua jendela yang dicoba. Prospektif: berapa hari sekali gugus sekuat ini muncul karena kebetulan.",
    saysNot: "Batas gugus tidak pasti: lingkaran memuat desa yang tenang dan melewatkan bentuk memanjang. Bukan ramalan.",
    refused:
      "Ditolak bila kejadian terlalu sedikit atau penduduk tidak diketahui (model Poisson); pakai model permutasi atau periode yang lebih panjang.",
    source: "Kulldorff 1997, 2001; Kulldorff dkk. 2005; Tango & Takahashi 2005; Abrams dkk. 2010",
  },
  "emerging-hotspots": {
    title: "Titik panas menurut waktu",
    how: "Gi* dihitung untuk setiap langkah waktu, lalu kecenderungannya diuji dengan Mann–Kendall. Dari keduanya setiap desa diberi golongan: baru, berurutan, menguat, menetap, melemah, sesekali, berayun, atau pernah.",
    says: "Apakah titik panas ini baru muncul, bertahan, atau mereda.",
    saysNot:
      "Dengan kejadian yang jarang kebanyakan langkah kosong; golongan yang sama dapat berasal dari segelintir kejadian. Bukan ramalan.",
    refused: "Ditolak bila langkahnya terlalu sedikit untuk menguji kecenderungan; perpanjang periode atau pendekkan langkah.",
    source: "Mann 1945; Kendall 1975; Sen 1968; Ord & Getis 1995",
  },
  surge: {
    title: "Lonjakan mingguan",
    how: "Jumlah mingguan sebuah kecamatan dibandingkan dengan pita yang diharapkan dari minggu-minggu serupa di tahun-tahun sebelumnya (regresi kuasi-Poisson dengan kecenderungan dan musim; lonjakan lama diberi bobot kecil).",
    says: "Minggu ini lebih ramai daripada biasanya pada waktu seperti ini.",
    saysNot: "Tidak mengatakan mengapa. Melapor serentak setelah pelatihan tampak sama dengan keributan sungguhan.",
    refused: "Ditolak bila riwayatnya kurang dari setahun; dengan riwayat pendek dipakai model tanpa musim dan itu disebut.",
    source: "Farrington dkk. 1996; Noufaily dkk. 2013",
  },
  "near-repeat": {
    title: "Kejadian ulang di dekatnya",
    how: "Tabel Knox: semua pasangan kejadian dihitung menurut jarak dan selang harinya, lalu dibandingkan dengan tanggal yang diacak di antara tempat-tempat yang sama.",
    says: "Apakah satu kejadian sering diikuti yang lain di dekatnya, sejauh dan selama apa.",
    saysNot:
      "Tidak membuktikan bahwa yang satu menyebabkan yang lain. Beberapa laporan tentang satu peristiwa tampak seperti kejadian ulang.",
    refused: "Ditolak bila pasangan kejadian terlalu sedikit. Kejadian yang hanya diketahui desanya disebut jumlahnya.",
    source: "Knox 1964; Ratcliffe 2009",
  },
  clusters: {
    title: "Gerombol titik",
    how: "DBSCAN: kejadian yang punya cukup tetangga dalam radius menjadi inti, inti yang berdekatan menjadi satu gerombol. ST-DBSCAN menambahkan jarak waktu; HDBSCAN memilih kepadatan sendiri.",
    says: "Di mana kejadian berdempetan, dan kejadian mana yang berdiri sendiri.",
    saysNot:
      "Bukan uji: tempat ramai selalu bergerombol, dan tidak ada nilai p. Kejadian pada satu titik tengah desa bergerombol karena cara mencatatnya.",
    refused: "Ditolak bila kejadian lebih sedikit daripada minPoints.",
    source: "Ester dkk. 1996; Birant & Kut 2007; Campello dkk. 2013",
  },
  density: {
    title: "Kepadatan kejadian",
    how: "Kernel kuartik, diperbaiki di tepi wilayah, dalam kejadian per km². Lebar kernel tetap atau menyesuaikan, dan selalu disebut.",
    says: "Di mana kejadian paling rapat per luas.",
    saysNot: "Bukan risiko: kota selalu paling rapat karena penduduknya. Bentuknya berubah dengan lebar kernel.",
    refused: "Ditolak bila selnya terlalu banyak; ukuran sel yang memadai disebut.",
    source: "Diggle 1985; Silverman 1986; Abramson 1982",
  },
  "self-test": {
    title: "Uji diri",
    how: "Peta-peta buatan dengan desa, penduduk, dan jumlah kejadian yang sama diberi gugus dengan risiko yang diketahui, lalu diperiksa dengan cara yang sama persis. Tanpa gugus: berapa sering alarm palsu. Dengan gugus: berapa sering ditemukan.",
    says: "Risiko terkecil yang dapat dilihat dengan peluang 80 persen di wilayah ini dengan kejadian sebanyak ini, dan laju alarm palsu yang sungguh terukur.",
    saysNot: "Gugus yang sungguhan tidak persis seperti buatan. Angka ini berlaku untuk gugus seukuran yang disebut.",
    refused: "Ditolak bila permintaan yang diuji sendiri ditolak.",
    source: "Simulasi; rentang menurut Clopper & Pearson 1934",
  },
  "visit-plan": {
    title: "Rencana kunjungan",
    how: "Nilai sebuah kunjungan: skor risiko × seberapa jauh musyawarah dapat membantu pada tahap sengketanya × bobot penduduk × lama sejak kontak terakhir. Pencarian menyusun rute semua tim agar jumlah nilainya sebesar mungkin dalam jam kerja, jendela waktu, dan keahlian; sebagian kunjungan disisihkan untuk desa yang paling sedikit kita ketahui. Bersama rencana dihitung batas atas yang terbukti: tidak ada rencana lain yang nilainya lebih.",
    says: "Siapa ke mana, kapan, dan mengapa; apa yang tergeser oleh tiap kunjungan; apa yang tertinggal dan sebabnya; dan paling jauh berapa persen rencana ini dari yang terbaik.",
    saysNot:
      "Nilai kunjungan bukan ramalan hasil: belum ada yang mengukur apa yang diubah sebuah kunjungan di sini. Angka bantuan menurut tahap ditetapkan dengan pertimbangan. Waktu tempuh dari jarak tidak mengenal jembatan yang putus.",
    refused:
      "Keinginan yang mustahil disebut satu per satu dan sisanya tetap direncanakan. Ditolak bila lebih dari 2.000 desa, atau bila belum ada kejadian sama sekali.",
    source: "Chao, Golden & Wasil 1996; Vansteenwegen dkk. 2011; Christiaens & Vanden Berghe 2020; Held & Karp 1971",
  },
  "visit-effect": {
    title: "Pengaruh kunjungan",
    how: "Setiap desa yang dikunjungi disandingkan dengan sampai tiga desa yang saat itu tidak dikunjungi dan masa lalunya sama: kejadian dalam beberapa jangka sebelumnya, penduduk, tetangga, skor, dan jumlah yang patut diperkirakan dari semua itu (dipelajari dari desa yang tidak dikunjungi, bersama pengaruhnya: kejadian sesudah kunjungan dikembalikan ke jumlah seandainya tanpa kunjungan). Pengaruhnya ialah yang membuat desa yang dikunjungi tidak lebih jauh dari perkiraannya daripada pembandingnya; apakah kebetulan dapat memberi sebesar itu dicoba dengan mengundi siapa yang dikunjungi di tiap kelompok, untuk tanpa pengaruh dan untuk setiap pengaruh lain: selangnya memuat yang dapat dijelaskan kebetulan. Hal yang sama dicoba pada tanggal tanpa kunjungan, dan pada riwayat buatan dengan pengaruh yang diketahui.",
    says: "Membantu, tidak terlihat (padahal penurunan separuh semestinya terlihat), atau tidak dapat dikatakan beserta alasannya; selangnya, dan penurunan terkecil yang dapat ditemukan.",
    saysNot:
      "Perbandingan sebelum dan sesudah ditampilkan hanya karena menyesatkan: kunjungan menuju desa yang sedang buruk, dan banyak di antaranya membaik sendiri. Yang dihitung kejadian tercatat, jadi kunjungan yang membuat orang lebih banyak melapor tampak lebih buruk daripada sebenarnya; alasan berkunjung yang tidak ada dalam catatan tidak diketahuinya. Pada riwayat buatan Jombang, selangnya memuat yang benar pada 95 sampai 98 dari 100; penurunan yang disebut sepersepuluh lebih kecil daripada yang sebenarnya (44 untuk 50%), jadi anggaplah agak terlalu kecil.",
    refused:
      "Menyatakan tidak dapat dikatakan bila kurang dari 10 kunjungan yang sebanding atau 20 kejadian, bila kebanyakan desa yang dikunjungi tidak punya padanan, atau bila tanggal tanpa kunjungan juga memperlihatkan pengaruh. Hanya kunjungan yang dicatat selesai dihitung, yang pertama dalam 180 hari.",
    source: "Rosenbaum 2002; Robins 1994; Li, Propert & Rosenbaum 2001; Hansen 2008; Bühlmann 1967; Daw & Hatfield 2018",
  },
  places: {
    title: "Kejadian yang tempatnya tidak pasti",
    how: "Kejadian dapat punya beberapa calon desa dengan peluangnya. Bawaan: desa yang paling mungkin. Pilihan lain: setiap calon dihitung menurut peluangnya, atau kejadian itu ditinggalkan. Risiko lokal persis memakai dua puluh undian tempat.",
    says: "Berapa kejadian yang bercalon banyak, dan apa yang dilakukan dengannya, disebut pada setiap hasil.",
    saysNot: "Peluang calon adalah taksiran; hasil yang berubah ketika cara ini diganti tidak boleh dipakai sendirian.",
    refused: "Jumlah peluang calon tidak boleh lebih dari satu, dan desanya harus ada.",
    source: "Rubin 1987",
  },
  runs: {
    title: "Nomor run",
    how: "Setiap penilaian disimpan utuh: masukan, bobot, bibit acak, versi program, dan tanggal data. Nomor run ada di bawah setiap angka.",
    says: "Angka yang sama dapat dihitung ulang, bit demi bit, dari kejadian dan indikator seperti yang diketahui saat itu.",
    saysNot:
      "Dapat diulang tidak berarti benar. Kebenaran bergantung pada laporan yang masuk. Batas wilayah dipakai yang sekarang; bila berubah, ulangan mengatakannya.",
    refused: "Run yang memuat desa di luar wilayah Anda tidak diperlihatkan.",
    source: "—",
  },
};
