import {
  Check,
  ChevronDown,
  ChevronLeft,
  ChevronRight,
  CircleAlert,
  Copy,
  Database,
  Download,
  FileCode,
  FileText,
  FlaskConical,
  Folder,
  FolderOpen,
  Settings2,
  TriangleAlert,
  X,
} from "lucide";
import { siExpress, siPostgresql, siSqlite } from "simple-icons";

type Shape = [tag: string, attributes: Record<string, string | number | undefined>][];

const OUTLINES = {
  alert: CircleAlert,
  back: ChevronLeft,
  check: Check,
  chevron: ChevronRight,
  close: X,
  configuration: Settings2,
  copy: Copy,
  documentation: FileText,
  download: Download,
  expand: ChevronDown,
  folder: Folder,
  folderOpen: FolderOpen,
  migration: Database,
  source: FileCode,
  test: FlaskConical,
  warning: TriangleAlert,
} satisfies Record<string, Shape>;

export type IconName = keyof typeof OUTLINES;

const SVG = "http://www.w3.org/2000/svg";

/** A decorative icon; what it stands for is always said in words as well. */
export function icon(name: IconName): SVGElement {
  const svg = emptyIcon("icon");
  for (const [tag, attributes] of OUTLINES[name] as Shape) {
    const shape = document.createElementNS(SVG, tag);
    for (const [key, value] of Object.entries(attributes)) {
      shape.setAttribute(key, String(value));
    }
    svg.append(shape);
  }
  return svg;
}

const MARKS = new Map([
  ["express", siExpress.path],
  ["postgresql", siPostgresql.path],
  ["sqlite", siSqlite.path],
]);

/** The mark of a framework or database, if there is one. */
export function mark(id: string): SVGElement | null {
  const path = MARKS.get(id);
  if (path === undefined) {
    return null;
  }
  const svg = emptyIcon("mark");
  const shape = document.createElementNS(SVG, "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}

function emptyIcon(className: string): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", className);
  svg.setAttribute("aria-hidden", "true");
  return svg;
}
