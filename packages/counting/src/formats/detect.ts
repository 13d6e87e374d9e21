// Which form a ballot file has: by what it says, then by its name.

/** The forms there are. */
export const ballotFormats = ['blt', 'preflib', 'pb', 'csv', 'cvr', 'abc'] as const
/** A form of ballot file. */
export type BallotFormat = (typeof ballotFormats)[number]

const byEnding: Readonly<Record<string, BallotFormat>> = {
  blt: 'blt',
  soc: 'preflib',
  soi: 'preflib',
  toc: 'preflib',
  toi: 'preflib',
  cat: 'preflib',
  pb: 'pb',
  csv: 'csv',
  tsv: 'csv',
  json: 'cvr',
  yaml: 'abc',
  yml: 'abc',
}

/** The form of a file from its name and its first bytes (some thousands are enough); null when neither says. */
export function formatOf(name: string, head: Uint8Array): BallotFormat | null {
  const text = new TextDecoder('utf-8').decode(head).replace(/^\uFEFF/, '')
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const first = lines.find((line) => !line.trimStart().startsWith('#'))?.trim() ?? ''
  if (first.startsWith('{')) return 'cvr'
  if (/^META\b/i.test(first)) return 'pb'
  // A comment of a BLT file may look like a key of PrefLib's, so two whole numbers alone on the first line of content decide.
  if (/^\d+\s+\d+[\s,]*(?:#.*)?$/.test(first)) return 'blt'
  // The table of Scottish wards, under whatever name: no other form begins with two whole numbers and a comma between.
  if (/^\d+\s*,\s*\d+\s*,?$/.test(first)) return 'csv'
  if (/^(?:profile|num_cand|committeesize)\s*:/m.test(text)) return 'abc'
  if (lines[0]?.startsWith('#') === true && /^\d+\s*:/.test(first)) return 'preflib'
  const ending = byEnding[/\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '']
  if (ending !== undefined) return ending
  if (/^\d+$/.test(first)) return 'preflib'
  return /[,;]/.test(first) ? 'csv' : null
}
