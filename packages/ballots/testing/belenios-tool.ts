import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { writeArchive } from '../src/archive/archive.ts'
import type { ElectionEvent } from '../src/archive/events.ts'

const tool = process.env['QUORATE_BELENIOS_TOOL'] ?? 'belenios-tool'

/** Why the foreign verifier cannot be asked, or null. */
export const toolMissing =
  spawnSync(tool, ['--version']).status === 0 ? null : 'belenios-tool is not installed: apt-get install belenios-tool'

/** For the name of a test that the absence of the foreign verifier skips. */
export const skipNote = toolMissing === null ? '' : ` (skipped: ${toolMissing})`

/** What `belenios-tool election verify` says of an archive: `accepted`, or its complaint. */
export function toolVerdict(uuid: string, events: readonly ElectionEvent[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'quorate-oracle-'))
  try {
    writeFileSync(join(folder, `${uuid}.bel`), writeArchive(1_795_294_341, events))
    const { status, stderr } = spawnSync(tool, ['election', 'verify', '--dir', folder], { encoding: 'utf8' })
    return status === 0 ? 'accepted' : stderr
  } finally {
    rmSync(folder, { recursive: true })
  }
}
