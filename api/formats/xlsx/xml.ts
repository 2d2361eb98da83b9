import { SaxesParser } from "saxes";
import { problem } from "../../problem.ts";

/** What happens while a document is read: elements by their names without prefix. */
export interface XmlHandler {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
}

const deepest = 64;
const longestSilenceBytes = 4 * 1024 * 1024;
const localName = (name: string): string => name.slice(name.indexOf(":") + 1);

/**
 * Reads XML as it comes, calling the handler; after each chunk it yields, so that what has been gathered can be handed on. A document type is refused, since
 * entities grow; so is nesting beyond reason, and one text or tag of more than 4 MB.
 * @throws file_damaged naming the part.
 */
export async function* readXml(
  bytes: AsyncIterable<Uint8Array>,
  part: { readonly name: string; readonly file: string },
  handler: XmlHandler,
): AsyncGenerator<void> {
  const damaged = (reason: string) =>
    problem("file_damaged", { name: part.file, where_id: part.name, where_en: part.name, reason: reason.slice(0, 160) });
  const parser = new SaxesParser({ xmlns: false, position: false });
  let depth = 0;
  let silentBytes = 0;
  parser.on("error", (error) => {
    throw damaged(error.message);
  });
  parser.on("doctype", () => {
    throw damaged("DOCTYPE");
  });
  parser.on("opentag", ({ name, attributes }) => {
    silentBytes = 0;
    if (++depth > deepest) throw damaged(`> ${deepest} tingkat / levels`);
    handler.open?.(localName(name), attributes as Record<string, string>);
  });
  parser.on("closetag", ({ name }) => {
    silentBytes = 0;
    depth--;
    handler.close?.(localName(name));
  });
  parser.on("text", (text) => handler.text?.(text));
  parser.on("cdata", (text) => handler.text?.(text));

  const decoder = new TextDecoder("utf-8", { fatal: true });
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch {
      throw damaged("UTF-8");
    }
  };
  for await (const chunk of bytes) {
    silentBytes += chunk.length;
    if (silentBytes > longestSilenceBytes) throw damaged(`> ${longestSilenceBytes / 1024 ** 2} MB`);
    parser.write(decode(chunk));
    yield;
  }
  parser.write(decode());
  parser.close();
  yield;
}

/** Reads a whole part for what the handler gathers. */
export async function gatherXml(
  bytes: AsyncIterable<Uint8Array>,
  part: { readonly name: string; readonly file: string },
  handler: XmlHandler,
): Promise<void> {
  for await (const _ of readXml(bytes, part, handler));
}
