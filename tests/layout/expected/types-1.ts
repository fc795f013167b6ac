export interface ARepository<Row extends ARow = ARow> extends Repository<Row> {
  readonly f: string;
  find(
    filter: AFilter,
    page: Page,
    options?: { o?: boolean },
  ): Promise<readonly Row[]>;
  [key: string]: unknown;
}

export type AEvent =
  | { type: "f"; row: ARow }
  | { type: "o"; before: ARow; after: ARow };
export type AKeys = {
  [Key in keyof ARow as `get${Capitalize<Key>}`]?: () => ARow[Key];
};
export type AAnswer<T> = T extends ARow
  ? { data: T }
  : T extends readonly ARow[]
    ? { data: T; page: Page }
    : never;
export const handlers: Record<string, (event: AEvent) => void> = {
  f: (event) => log(event.row),
  o: (event) => (event.after ? log(event.after) : log(event.before)),
};
export const isA = (value: unknown): value is ARow =>
  typeof value === "object" && value !== null && "f" in value;
export enum AKind {
  First = "f",
  Second = "o",
}
declare module "express" {
  interface Request {
    f?: ARow;
  }
}
