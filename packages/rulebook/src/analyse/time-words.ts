import { figure } from '../words/en/names.ts'

/** A civil date and a time of day with the name of its month, `14 June 2027, 09:00`. `months`: January first. */
export const dateWordsIn =
  (months: readonly string[]) =>
  (date: string, clock: string): string => {
    const [year = '', month = '1', day = '1'] = date.split('-')
    return `${Number(day)} ${months[Number(month) - 1] ?? ''} ${year}, ${clock}`
  }

/** A unit of time for a number of them, such as `2` and `days`. */
export type UnitWords = (count: number) => string

/** The parts of a length in days, hours and minutes, begun minutes whole; empty for no time. */
export function lengthParts(ms: number, units: readonly [day: UnitWords, hour: UnitWords, minute: UnitWords]): readonly string[] {
  const minutes = Math.ceil(ms / 60_000)
  const counts = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60]
  return units.flatMap((unit, i) => {
    const count = counts[i] ?? 0
    return count > 0 ? [`${figure(count)} ${unit(count)}`] : []
  })
}
