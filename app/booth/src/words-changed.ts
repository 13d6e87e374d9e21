/** A run of words that stayed, went or came. */
export type Run = { readonly kind: 'same' | 'gone' | 'new'; readonly text: string }

// Above this product of lengths the table would cost a phone too much; the two texts then stand unmarked side by side.
const cellsMax = 400_000

/**
 * What changed between two texts, word by word: longest common subsequence. But for blanks, the `same` and `gone` runs spell the first
 * text, the `same` and `new` runs the second. Cost: words × words.
 */
export function changedWords(before: string, after: string): readonly Run[] {
  const a = before.match(/\S+\s*/g) ?? []
  const b = after.match(/\S+\s*/g) ?? []
  if (a.length * b.length > cellsMax) return runs([...a.map((text) => run('gone', text)), ...b.map((text) => run('new', text))])
  const width = b.length + 1
  const longest = new Uint16Array((a.length + 1) * width)
  const cell = (i: number, j: number): number => longest[i * width + j] ?? 0
  const equal = (i: number, j: number): boolean => (a[i] ?? '').trim() === (b[j] ?? '').trim()
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i * width + j] = equal(i, j) ? cell(i + 1, j + 1) + 1 : Math.max(cell(i + 1, j), cell(i, j + 1))
  const out: Run[] = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && equal(i, j)) {
      // A word whose blanks differ (a new line, say) keeps those of the new text, unless it ends there and the old one goes on.
      out.push(run('same', (/\s$/.test(b[j] ?? '') ? b[j] : a[i]) ?? ''))
      i++
      j++
    } else if (i < a.length && (j >= b.length || cell(i + 1, j) >= cell(i, j + 1))) out.push(run('gone', a[i++] ?? ''))
    else out.push(run('new', b[j++] ?? ''))
  }
  return runs(out)
}

const run = (kind: Run['kind'], text: string): Run => ({ kind, text })

/** Neighbours of one kind joined. */
function runs(parts: readonly Run[]): readonly Run[] {
  const out: Run[] = []
  for (const part of parts) {
    const last = out.at(-1)
    if (last?.kind === part.kind) out[out.length - 1] = run(part.kind, last.text + part.text)
    else out.push(part)
  }
  return out
}
