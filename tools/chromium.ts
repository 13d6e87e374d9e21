import { existsSync } from 'node:fs'

/** The Chromium of this machine, or null: browser specs use the system's, because a downloaded one is 150 MB and needs its own libraries. */
export function chromiumPath(): string | null {
  const own = process.env['CHROMIUM']
  const usual = [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ]
  return [...(own === undefined ? [] : [own]), ...usual].find((file) => existsSync(file)) ?? null
}
