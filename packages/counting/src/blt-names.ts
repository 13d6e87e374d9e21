/** A name and the column (from 1) its line has it at. */
export type NameAt = { readonly name: string; readonly column: number }

/**
 * The names on a line after the papers. One or more in quotes, an inner quote doubled, perhaps a comment behind; or, when the quotes are
 * missing, doubled or unmatched, the whole line less the quotes at its ends.
 */
export function readNames(text: string): readonly NameAt[] {
  const strict = quotedNames(text)
  if (strict !== null) return strict
  const column = text.length - text.trimStart().length + 1
  const bare = text.trim().replace(/^"+/, '').replace(/"+$/, '')
  return [{ name: bare.replaceAll('""', '"').trim(), column }]
}

/** Names in well-formed quotes, or null when the line is anything else. */
function quotedNames(text: string): readonly NameAt[] | null {
  const names: NameAt[] = []
  const next = /\s*(?:"((?:[^"]|"")*)"(?=\s|$)|(?:#.*)?$)/y
  while (next.lastIndex < text.length) {
    const found = next.exec(text)
    if (found === null) return null
    const [whole, inner] = found
    if (inner !== undefined)
      names.push({ name: inner.replaceAll('""', '"').trim(), column: found.index + whole.indexOf('"') + 1 })
  }
  return names.length === 0 ? null : names
}
