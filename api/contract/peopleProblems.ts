import { entry } from "./problemEntry.ts";

/** What goes wrong with people, their passwords, codes, tokens and sessions. */
export const peopleProblems = {
  totp_required: entry(
    401,
    "Akun ini memakai kode sekali pakai. Kirim juga code: enam angka dari aplikasi autentikator, atau satu kode pemulihan.",
    "This account uses one-time codes. Send code as well: six digits of the authenticator app, or one recovery code.",
  ),
  wrong_code: entry(
    401,
    "Kode sekali pakai salah, sudah dipakai, atau sudah lewat. Tunggu kode berikutnya.",
    "The one-time code is wrong, used up or too old. Wait for the next one.",
  ),
  wrong_password: entry(403, "Kata sandi sekarang tidak benar. Tulis ulang.", "The present password is wrong. Write it again."),
  unconfirmed_code: entry(
    422,
    "Kode {value} tidak cocok dengan kunci yang baru. Periksa jam telepon, lalu kirim kode berikutnya.",
    "The code {value} does not fit the new key. Check the phone's clock, then send the next code.",
  ),
  totp_already_on: entry(
    409,
    "Kode sekali pakai sudah menyala untuk {value}. Matikan dahulu bila hendak memakai telepon lain.",
    "One-time codes are on for {value} already. Turn them off first to use another phone.",
  ),
  totp_not_begun: entry(
    409,
    "Belum ada kunci yang menunggu. Mulai dengan POST /api/account/totp.",
    "No key is waiting. Begin with POST /api/account/totp.",
  ),
  name_taken: entry(
    409,
    "Nama {value} sudah dipakai, sekarang atau dahulu. Pilih nama lain.",
    "The name {value} is in use, or was. Choose another name.",
  ),
  email_taken: entry(
    409,
    "Alamat {value} sudah milik akun lain. Pakai alamat lain.",
    "The address {value} belongs to another account. Use another address.",
  ),
  last_admin: entry(
    409,
    "{value} adalah admin nasional terakhir. Buat admin nasional lain dahulu.",
    "{value} is the last national admin. Make another national admin first.",
  ),
  beyond_own_rights: entry(
    403,
    "{field} {value} melebihi yang Anda punya ({expected}). Beri yang sama atau lebih sempit.",
    "{field} {value} is more than you have ({expected}). Give the same or less.",
  ),
  beyond_persons_rights: entry(
    422,
    "{field} {value} melebihi yang dimiliki orang itu ({expected}). Token hanya dapat lebih sempit.",
    "{field} {value} is more than that person has ({expected}). A token can only be narrower.",
  ),
  read_only_token: entry(
    403,
    "Token ini hanya untuk membaca. Pakai token lain untuk mengubah data.",
    "This token only reads. Use another one to change data.",
  ),
  password_change_required: entry(
    403,
    "Kata sandi harus diganti dahulu: PUT /api/account/password atau layar Akun.",
    "The password must be changed first: PUT /api/account/password or the Account screen.",
  ),
  person_session_only: entry(
    403,
    "Ini hanya dapat dilakukan setelah masuk dengan akun sendiri, bukan dengan token.",
    "This takes a sign-in with your own account, not a token.",
  ),
  not_in_demo: entry(
    403,
    "Akun peragaan tidak membuka orang, token, dan jejak audit. Hapus peragaan dan masuk dengan akun sendiri.",
    "The demo account opens no people, tokens or audit. Remove the demo and sign in with an account of your own.",
  ),
  openid_off: entry(
    404,
    "Masuk lewat OpenID Connect tidak disetel. Isi OIDC_ISSUER, OIDC_CLIENT_ID, dan OIDC_CLIENT_SECRET.",
    "Sign-in by OpenID Connect is not set up. Set OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET.",
  ),
  openid_refused: entry(
    403,
    "Masuk lewat penyedia tidak berhasil: {reason}. Mulai lagi dari halaman masuk.",
    "The sign-in by the provider did not succeed: {reason}. Begin again at the sign-in page.",
  ),
  openid_unknown_person: entry(
    403,
    "Penyedia mengenal {value}, tetapi belum ada akun Waspada dengan alamat terverifikasi itu. Mintalah admin mengisi alamat itu pada akun Anda.",
    "The provider knows {value}, but no Waspada account has that verified address. Ask an admin to set it on your account.",
  ),
  openid_away: entry(
    503,
    "Penyedia OpenID tidak menjawab. Coba lagi dalam {seconds} detik atau masuk dengan sandi.",
    "The OpenID provider does not answer. Try again in {seconds} seconds or sign in with a password.",
  ),
} as const;
