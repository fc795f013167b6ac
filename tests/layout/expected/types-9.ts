export interface AbcdfghjkRepository<Row extends AbcdfghjkRow = AbcdfghjkRow>
  extends Repository<Row> {
  readonly fbcdfghjk: string;
  find(
    filter: AbcdfghjkFilter,
    page: Page,
    options?: { obcdfghjk?: boolean },
  ): Promise<readonly Row[]>;
  [key: string]: unknown;
}

export type AbcdfghjkEvent =
  | { type: "fbcdfghjk"; row: AbcdfghjkRow }
  | { type: "obcdfghjk"; before: AbcdfghjkRow; after: AbcdfghjkRow };
export type AbcdfghjkKeys = {
  [Key in keyof AbcdfghjkRow as `get${Capitalize<Key>}`]?: () => AbcdfghjkRow[Key];
};
export type AbcdfghjkAnswer<T> = T extends AbcdfghjkRow
  ? { data: T }
  : T extends readonly AbcdfghjkRow[]
    ? { data: T; page: Page }
    : never;
export const handlers: Record<string, (event: AbcdfghjkEvent) => void> = {
  fbcdfghjk: (event) => log(event.row),
  obcdfghjk: (event) => (event.after ? log(event.after) : log(event.before)),
};
export const isAbcdfghjk = (value: unknown): value is AbcdfghjkRow =>
  typeof value === "object" && value !== null && "fbcdfghjk" in value;
export enum AbcdfghjkKind {
  First = "fbcdfghjk",
  Second = "obcdfghjk",
}
declare module "express" {
  interface Request {
    fbcdfghjk?: AbcdfghjkRow;
  }
}
