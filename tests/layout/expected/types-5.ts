export interface AbcdfRepository<Row extends AbcdfRow = AbcdfRow>
  extends Repository<Row> {
  readonly fbcdf: string;
  find(
    filter: AbcdfFilter,
    page: Page,
    options?: { obcdf?: boolean },
  ): Promise<readonly Row[]>;
  [key: string]: unknown;
}

export type AbcdfEvent =
  | { type: "fbcdf"; row: AbcdfRow }
  | { type: "obcdf"; before: AbcdfRow; after: AbcdfRow };
export type AbcdfKeys = {
  [Key in keyof AbcdfRow as `get${Capitalize<Key>}`]?: () => AbcdfRow[Key];
};
export type AbcdfAnswer<T> = T extends AbcdfRow
  ? { data: T }
  : T extends readonly AbcdfRow[]
    ? { data: T; page: Page }
    : never;
export const handlers: Record<string, (event: AbcdfEvent) => void> = {
  fbcdf: (event) => log(event.row),
  obcdf: (event) => (event.after ? log(event.after) : log(event.before)),
};
export const isAbcdf = (value: unknown): value is AbcdfRow =>
  typeof value === "object" && value !== null && "fbcdf" in value;
export enum AbcdfKind {
  First = "fbcdf",
  Second = "obcdf",
}
declare module "express" {
  interface Request {
    fbcdf?: AbcdfRow;
  }
}
