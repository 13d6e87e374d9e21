import { readFileSync } from 'node:fs'
import type { Command } from './command.ts'

/** Prints which quorate and which Node this is: the first question of every fault report. */
export const command: Command = {
  name: 'version',
  summary: 'Print the version of quorate and of the Node it runs under',
  usage: 'Usage: quorate version',
  run: async (_args, io) => {
    const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
    const version =
      typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : 'unknown'
    io.out(`quorate ${version}, Node ${process.versions.node}\n`)
    return 0
  },
}
