import { readdirSync, readFileSync } from 'node:fs'

// Linux counts processor time in ticks of a hundredth of a second, whatever the kernel's own clock (proc(5), USER_HZ).
const tickSeconds = 0.01

/** Parent and processor seconds of a process, those of its ended children included; null where Linux does not say or it is gone. */
function statOf(pid: string): { readonly parent: number; readonly seconds: number } | null {
  try {
    // After the name, which may hold anything: state, parent, …, utime, stime, cutime, cstime are fields 3, 4, 14 to 17.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
    return { parent: Number(fields[1]), seconds: ticks * tickSeconds }
  } catch {
    return null
  }
}

/** Processor seconds of a process and of all below it; null where this is not Linux. */
export function processorSeconds(pid: number): number | null {
  const own = statOf(String(pid))
  if (own === null) return null
  const all = readdirSync('/proc').flatMap((name) => {
    const stat = /^\d+$/.test(name) ? statOf(name) : null
    return stat === null ? [] : [{ pid: Number(name), ...stat }]
  })
  const below = (parent: number): number =>
    all.filter((each) => each.parent === parent).reduce((sum, each) => sum + each.seconds + below(each.pid), 0)
  return own.seconds + below(pid)
}
