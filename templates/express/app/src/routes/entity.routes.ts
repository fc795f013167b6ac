⟦= imports ⟧

export const router = Router({ caseSensitive: true, strict: true });
⟦%- for route in paths %⟧

router
  .route("⟦= route.path ⟧")
  .all(⟦= route.first ⟧)
⟦%- for method in route.methods %⟧
  ⟦= method.origin ⟧.⟦= method.name ⟧(⟦= method.handlers ⟧)⟦% if loop.last %⟧;⟦% endif %⟧⟦= none ⟧
⟦%- endfor %⟧
⟦%- endfor %⟧
