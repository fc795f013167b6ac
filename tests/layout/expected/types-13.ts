export interface AbcdfghjklmnpRepository<
  Row extends AbcdfghjklmnpRow = AbcdfghjklmnpRow,
> extends Repository<Row> {
  readonly fbcdfghjklmnp: string;
  find(
    filter: AbcdfghjklmnpFilter,
    page: Page,
    options?: { obcdfghjklmnp?: boolean },
  ): Promise<readonly Row[]>;
  [key: string]: unknown;
}

export type AbcdfghjklmnpEvent =
  | { type: "fbcdfghjklmnp"; row: AbcdfghjklmnpRow }
  | {
      type: "obcdfghjklmnp";
      before: AbcdfghjklmnpRow;
      after: AbcdfghjklmnpRow;
    };
export type AbcdfghjklmnpKeys = {
  [Key in keyof AbcdfghjklmnpRow as `get${Capitalize<Key>}`]?: () => AbcdfghjklmnpRow[Key];
};
export type AbcdfghjklmnpAnswer<T> = T extends AbcdfghjklmnpRow
  ? { data: T }
  : T extends readonly AbcdfghjklmnpRow[]
    ? { data: T; page: Page }
    : never;
export const handlers: Record<string, (event: AbcdfghjklmnpEvent) => void> = {
  fbcdfghjklmnp: (event) => log(event.row),
  obcdfghjklmnp: (event) =>
    event.after ? log(event.after) : log(event.before),
};
export const isAbcdfghjklmnp = (value: unknown): value is AbcdfghjklmnpRow =>
  typeof value === "object" && value !== null && "fbcdfghjklmnp" in value;
export enum AbcdfghjklmnpKind {
  First = "fbcdfghjklmnp",
  Second = "obcdfghjklmnp",
}
declare module "express" {
  interface Request {
    fbcdfghjklmnp?: AbcdfghjklmnpRow;
  }
}
