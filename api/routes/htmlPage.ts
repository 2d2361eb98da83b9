import { createHash } from "node:crypto";
import type { Answer } from "../endpoint.ts";

export interface PageLink {
  readonly href: string;
  readonly label: string;
}
/** What a cell holds: text, or text that leads somewhere. */
export type Cell = string | number | boolean | null | undefined | PageLink | readonly string[];

/** A page for a person who opens an address of the API in a browser. */
export interface Page {
  readonly title: string;
  readonly description?: string | undefined;
  /** The way from the landing page to here. */
  readonly trail: readonly PageLink[];
  readonly facts?: readonly (readonly [label: string, value: Cell])[];
  readonly tables?: readonly { readonly title: string; readonly head: readonly string[]; readonly rows: readonly (readonly Cell[])[] }[];
  readonly links?: readonly PageLink[];
}

const style = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:72rem;padding:1rem}
h1{font-size:1.5rem;margin:.5rem 0}h2{font-size:1.1rem;margin:1.5rem 0 .5rem}table{border-collapse:collapse;width:100%}
th,td{border-bottom:1px solid color-mix(in srgb,currentColor 20%,transparent);padding:.3rem .6rem .3rem 0;text-align:left;vertical-align:top}
div{overflow-x:auto}dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dd{margin:0}ul{padding-left:1.2rem}a{color:LinkText}`;
const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] as string);

const linkHtml = ({ href, label }: PageLink): string => `<a href="${escaped(href)}">${escaped(label)}</a>`;
function cellHtml(cell: Cell): string {
  if (cell === null || cell === undefined || cell === "") return "–";
  if (Array.isArray(cell)) return escaped(cell.join(", "));
  return typeof cell === "object" ? linkHtml(cell as PageLink) : escaped(String(cell));
}

/** Any value of a document as a cell: lists and objects as JSON, cut where a line would be too long to read. */
export function valueCell(value: unknown): Cell {
  if (value === null || value === undefined || typeof value === "number" || typeof value === "boolean") return value;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

/** The page as HTML: everything escaped, no script, and a policy under which none could run. */
export function htmlAnswer({ title, description, trail, facts = [], tables = [], links = [] }: Page): Answer {
  const row = (cells: readonly string[], tag: string): string => `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join("")}</tr>`;
  const body = [
    `<nav>${[...trail].map(linkHtml).join(" › ")}</nav>`,
    `<h1>${escaped(title)}</h1>`,
    description ? `<p>${escaped(description)}</p>` : "",
    facts.length > 0 ? `<dl>${facts.map(([label, value]) => `<dt>${escaped(label)}</dt><dd>${cellHtml(value)}</dd>`).join("")}</dl>` : "",
    ...tables.map(
      (table) =>
        `<h2>${escaped(table.title)}</h2><div><table><thead>${row(table.head.map(escaped), "th")}</thead><tbody>${table.rows
          .map((cells) => row(cells.map(cellHtml), "td"))
          .join("")}</tbody></table></div>`,
    ),
    links.length > 0 ? `<h2>Tautan / links</h2><ul>${links.map((link) => `<li>${linkHtml(link)}</li>`).join("")}</ul>` : "",
  ].join("\n");
  return {
    type: "text/html; charset=utf-8",
    headers: { "Content-Security-Policy": policy, Vary: "Accept", "Cache-Control": "no-cache" },
    body: `<!doctype html>\n<html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escaped(title)} · Waspada</title><style>${style}</style></head>\n<body>\n${body}\n</body></html>\n`,
  };
}
