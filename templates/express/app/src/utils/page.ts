/** What a list says about itself beside its rows. */
export function pageMeta(
  { page, limit }: { page: number; limit: number },
  total: number,
) {
  return { page, limit, total, pages: Math.ceil(total / limit) };
}
