/** The longest request target in bytes. */
export const maxTargetBytes = ⟦= target_bytes ⟧;

/** The longest body in bytes. */
export const maxBodyBytes = ⟦= body_bytes ⟧;

/** The deepest nesting of a body's JSON. */
export const maxJsonLevels = ⟦= json_levels ⟧;

/** The most problems that one answer lists. */
export const maxDetails = ⟦= details ⟧;
⟦%- if has_lists %⟧

/** Rows on a page, unless asked otherwise. */
export const pageSize = ⟦= page_size ⟧;

/** The most rows on a page. */
export const maxPageSize = ⟦= page_size_max ⟧;

/** The last page that can be asked for. */
export const maxPage = ⟦= page_max ⟧;

/** The most values that a filter compares with at once. */
export const maxFilterValues = ⟦= filter_values ⟧;
⟦%- if searches %⟧

/** The longest text that can be searched for. */
export const maxSearchLength = ⟦= search_length ⟧;
⟦%- endif %⟧
⟦%- endif %⟧
⟦%- if has_included %⟧

/** The most rows of one relation that come along with a row. */
export const maxIncluded = ⟦= included ⟧;
⟦%- endif %⟧
