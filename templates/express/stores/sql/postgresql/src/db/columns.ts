import { customType } from "drizzle-orm/pg-core";
⟦%- if text %⟧

/** Text that compares and sorts by code point on every server. */
export const text = customType<{ data: string }>({
  dataType: () => 'text COLLATE "C"',
});
⟦%- endif %⟧
⟦%- if bigint %⟧

/** A whole number of more digits than a double holds, as text. */
export const bigint = customType<{ data: string }>({
  dataType: () => "bigint",
});
⟦%- endif %⟧
⟦%- if datetime %⟧

/** A moment, as ISO 8601 in UTC with milliseconds. */
export const datetime = customType<{ data: string; driverData: string }>({
  dataType: () => "timestamp(3) with time zone",
  fromDriver: (value) => new Date(value).toISOString(),
});
⟦%- endif %⟧
⟦%- if json %⟧

/** The driver parses JSON; Drizzle's own type would parse a string in it again. */
export const json = customType<{ data: unknown; driverData: unknown }>({
  dataType: () => "jsonb",
  toDriver: (value) => JSON.stringify(value),
});
⟦%- endif %⟧
