⟦%- for moves in moves %⟧

/** Whether the caller may change `⟦= moves.property ⟧` so; undefined where nobody may. */
⟦% if moves.waits %⟧async ⟦% endif %⟧function ⟦= moves.name ⟧(⟦= moves.parameters ⟧): ⟦% if moves.waits %⟧Promise<boolean | undefined>⟦% else %⟧boolean | undefined⟦% endif %⟧ {
  if (⟦= moves.next ⟧) return true;
⟦%- if moves.arrows.is_empty() %⟧
  return undefined;
⟦%- else %⟧
  switch (`${row.⟦= moves.property ⟧} -> ${next}`) {
⟦%- for arrows in moves.arrows %⟧
⟦%- for case in arrows.cases %⟧
    case ⟦= case ⟧:
⟦%- endfor %⟧
      ⟦= arrows.origin ⟧return ⟦= arrows.expression ⟧;⟦= none ⟧
⟦%- endfor %⟧
    default:
      return undefined;
  }
⟦%- endif %⟧
}
⟦%- endfor %⟧
