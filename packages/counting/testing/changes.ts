import type { Json, JsonObject } from '@quorate/kernel'

/** A value with one change in it, and where that is: `/stages/0/totals/2`. */
export type Changed = { readonly path: string; readonly value: Json }

/** Every way to change one field: each leaf to another value of its kind or to null, each list one longer and shorter, each field gone, one more. */
export function* changesOf(value: Json, path = ''): Generator<Changed> {
  if (typeof value === 'string') {
    yield { path, value: /\d$/.test(value) ? value.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10)) : `${value}x` }
    yield { path, value: null }
  } else if (typeof value === 'number') {
    yield { path, value: value + 1 }
    yield { path, value: String(value) }
  } else if (typeof value === 'boolean') yield { path, value: !value }
  else if (value === null) yield { path, value: 0 }
  else if (Array.isArray(value)) {
    const list = value as readonly Json[]
    yield { path, value: [...list, list.at(-1) ?? 0] }
    if (list.length > 0) yield { path, value: list.slice(1) }
    for (const [i, member] of list.entries())
      for (const changed of changesOf(member, `${path}/${i}`)) yield { ...changed, value: list.with(i, changed.value) }
  } else {
    const object = value as JsonObject
    yield { path, value: { ...object, zeal: 0 } }
    for (const [key, member] of Object.entries(object)) {
      yield { path: `${path}/${key}`, value: Object.fromEntries(Object.entries(object).filter(([k]) => k !== key)) }
      for (const changed of changesOf(member, `${path}/${key}`)) yield { ...changed, value: { ...object, [key]: changed.value } }
    }
  }
}
