/** A name and the column (from 1) its line has it at. */
export type NameAt = { readonly name: string; readonly column: number }

/**
 * The names on a line after the papers. One or more in quotes, an inner quote doubled, perhaps a comment behind; or, when the quotes are
 * missing, doubled or unmatched, the whole line less the quotes at its ends.
 */
function readNames(text: string): readonly NameAt[] {
  // Commas that a spreadsheet has left at the end.
  const line = text.replace(/[\s,]+$/, '')
  const strict = quotedNames(line, doubled) ?? quotedNames(line, escaped)
  if (strict !== null) return strict
  const column = line.length - line.trimStart().length + 1
  const whole = line.trim()
  // A text with whole pairs of quotes inside it keeps them: Ward 3 "North".
  const isPaired = !whole.startsWith('"') && whole.split('"').length % 2 === 1
  const bare = isPaired ? whole : whole.replace(/^"+/, '').replace(/"+$/, '')
  return [{ name: bare.replaceAll('""', '"').trim(), column }]
}

/** A line after the papers: the names on it, and whether it is a remark that may be one (see {@link namesInOrder}). */
export type NameLine = { readonly line: number; readonly names: readonly NameAt[]; readonly remark: boolean }

/**
 * A line after the papers, or null for a remark. Some published files have for a candidate who stood under another name nothing but
 * `# ALTERNATIVE NAME 1: Jo Smith (Ind)`.
 */
export function readNameLine(text: string, line: number): NameLine | null {
  const [, before, named] = /^(\s*#\s*ALTERNATIVE NAME\b[^:]*:)(.*)$/i.exec(text) ?? []
  if (before !== undefined && named !== undefined)
    return { line, names: [{ name: named.trim(), column: before.length + 1 }], remark: true }
  return text.trimStart().startsWith('#') ? null : { line, names: readNames(text), remark: false }
}

/**
 * The names in order, title and what follows included. Published counts have the party as a second text on each candidate's line: then
 * both make the name. A remark that may be a name is one only if names and title would otherwise be one too few.
 */
export function namesInOrder(lines: readonly NameLine[], candidates: number): readonly (NameAt & { readonly line: number })[] {
  const named = lines.length === candidates + 1 ? lines : lines.filter(({ remark }) => !remark)
  const own = named.slice(0, candidates)
  const withParty =
    candidates > 1 &&
    ((named.length >= candidates && own.every(({ names }) => names.length === 2)) ||
      // Independents have none.
      (candidates > 2 && named.length > candidates && own.every(({ names }) => names.length <= 2)))
  return named.flatMap(({ line, names }, index) => {
    const [first] = names
    if (!withParty || index >= candidates || first === undefined) return names.map((name) => ({ ...name, line }))
    return [{ name: names.map(({ name }) => name).join(', '), column: first.column, line }]
  })
}

/** A name in quotes, as the format has it: an inner quote is doubled. Behind it a blank, a comma or the end. */
const doubled = /[\s,]*(?:"((?:[^"]|"")*)"(?=[\s,]|$)|(?:#.*)?$)/y
/** The same as some programs write it: an inner quote after a backslash. */
const escaped = /[\s,]*(?:"((?:[^"\\]|\\.)*)"(?=[\s,]|$)|(?:#.*)?$)/y

/** Names in well-formed quotes, or null when the line is anything else. */
function quotedNames(text: string, form: RegExp): readonly NameAt[] | null {
  const names: NameAt[] = []
  const next = new RegExp(form)
  while (next.lastIndex < text.length) {
    const found = next.exec(text)
    if (found === null) return null
    const [whole, inner] = found
    const name = form === doubled ? inner?.replaceAll('""', '"') : inner?.replaceAll('\\"', '"')
    if (name !== undefined) names.push({ name: name.trim(), column: found.index + whole.indexOf('"') + 1 })
  }
  return names.length === 0 ? null : names
}
