import { readConfig } from "../api/config.ts";
import { Problem, problemText } from "../api/problem.ts";
import { restore } from "../api/restore.ts";

const usage = `npm run restore -- FILE

Memulihkan cadangan ke DATA_DIR atau DATABASE_URL yang kosong; layanan harus berhenti. / Restores a backup into an empty DATA_DIR or DATABASE_URL; the service must be stopped.`;

function told(error: unknown): string {
  if (error instanceof Problem)
    return `${problemText(error.code, error.details, "id")}\n${problemText(error.code, error.details, "en")} (${error.code})`;
  return error instanceof Error ? error.message : String(error);
}

const [file, ...more] = process.argv.slice(2);
if (file === undefined || file.startsWith("-") || more.length > 0) {
  console.error(usage);
  process.exitCode = 2;
} else
  try {
    const { header, contents } = await restore(readConfig(process.env), file);
    const rows = contents.tables.reduce((sum, table) => sum + table.rows, 0);
    console.log(
      `${rows} baris dalam ${contents.tables.length} tabel pulih, seperti pada ${header.madeAt} / rows in tables restored, as of then (${header.software}, ${header.engine})`,
    );
    if (!header.holdsIdentityKey)
      console.log(
        "Kunci identitas tidak ada di dalamnya: kembalikan IDENTITY_KEY_FILE sendiri. / The identity key is not inside: put IDENTITY_KEY_FILE back yourself.",
      );
  } catch (error) {
    console.error(told(error));
    process.exitCode = 1;
  }
