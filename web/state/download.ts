import { requestRaw } from "../client.ts";

const keptMilliseconds = 60_000;

/** Hands bytes to the browser as a file of that name. */
export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser reads it after the click; how long after, it does not tell.
  setTimeout(() => URL.revokeObjectURL(address), keptMilliseconds);
}

/** The name that an answer gives its file. */
export const nameOf = (response: Response, otherwise: string): string =>
  /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? otherwise;

/** Fetches a file and saves it; its name. Throws RequestProblem with the words to show. */
export async function downloadFile(path: string, otherwise: string, body?: unknown): Promise<string> {
  const response = await requestRaw(path, { headers: { Accept: "*/*" }, ...(body === undefined ? {} : { method: "POST", body }) });
  const name = nameOf(response, otherwise);
  saveFile(await response.blob(), name);
  return name;
}
