⟦= imports ⟧

export const router = Router({ caseSensitive: true, strict: true });
⟦%- for name in routers %⟧
router.use(⟦= name ⟧);
⟦%- endfor %⟧
