// The files of a project as folders and files, and which of their rows are to be seen.

export interface Folder {
  kind: "folder";
  name: string;
  path: string;
  children: Node[];
}

export interface File {
  kind: "file";
  name: string;
  path: string;
}

export type Node = Folder | File;

/** A visible row, with its place among its siblings. */
export interface Row {
  node: Node;
  level: number;
  position: number;
  siblings: number;
}

/** Builds the tree: folders first, each kind by name. */
export function buildTree(paths: Iterable<string>): Node[] {
  const root: Folder = { kind: "folder", name: "", path: "", children: [] };
  const folders = new Map<string, Folder>([["", root]]);
  for (const path of paths) {
    const folder = folderOf(folders, parentPath(path));
    folder.children.push({ kind: "file", name: baseName(path), path });
  }
  for (const folder of folders.values()) {
    folder.children.sort(compareNodes);
  }
  return root.children;
}

function folderOf(folders: Map<string, Folder>, path: string): Folder {
  const known = folders.get(path);
  if (known) {
    return known;
  }
  const folder: Folder = { kind: "folder", name: baseName(path), path, children: [] };
  folders.set(path, folder);
  folderOf(folders, parentPath(path)).children.push(folder);
  return folder;
}

function compareNodes(a: Node, b: Node): number {
  if (a.kind !== b.kind) {
    return a.kind === "folder" ? -1 : 1;
  }
  return a.name < b.name ? -1 : 1;
}

function parentPath(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Every folder that holds a path, directly or not. */
export function ancestors(path: string): string[] {
  const parent = parentPath(path);
  return parent === "" ? [] : [...ancestors(parent), parent];
}

/** The rows to be seen when the given folders are open. */
export function visibleRows(nodes: Node[], open: ReadonlySet<string>, level = 1): Row[] {
  return nodes.flatMap((node, index) => {
    const row: Row = { node, level, position: index + 1, siblings: nodes.length };
    const inside =
      node.kind === "folder" && open.has(node.path)
        ? visibleRows(node.children, open, level + 1)
        : [];
    return [row, ...inside];
  });
}
