import { open, readFile, rename, rm, writeFile } from 'node:fs/promises'

/** Writes a file so that after a power cut there is the old one or the new one, whole. */
export async function writeDurably(folder: string, path: string, text: string): Promise<void> {
  const fresh = `${path}.new`
  const file = await open(fresh, 'w', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(fresh, path)
  const parent = await open(folder, 'r')
  try {
    await parent.sync()
  } finally {
    await parent.close()
  }
}

/** Takes the lock unless a living process has it: two at once could each sign what the other did not see. */
export async function takeLock(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx', mode: 0o600 })
    return true
  } catch {
    const holder = Number(await readFile(path, 'utf8').catch(() => ''))
    if (holder === process.pid || isAlive(holder)) return false
    await rm(path, { force: true })
    return takeLock(path)
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
