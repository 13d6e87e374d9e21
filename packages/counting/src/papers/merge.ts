/**
 * Papers that say the same added together, in the order of their text: the same for every order and every splitting of the papers.
 * `textOf` tells papers apart.
 */
export function merged<P extends { readonly weight: number }>(papers: readonly P[], textOf: (paper: P) => string): readonly P[] {
  const found = new Map<string, { readonly paper: P; weight: number }>()
  for (const paper of papers) {
    const text = textOf(paper)
    const known = found.get(text)
    if (known === undefined) found.set(text, { paper, weight: paper.weight })
    else known.weight += paper.weight
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { paper, weight }]) => ({ ...paper, weight }))
}
