import { fail, ok, type Result } from '@quorate/kernel'

/**
 * A reader of one JSON object from the server. Each getter answers with a harmless value and remembers the fault, so that a parser reads
 * like the shape it expects and asks once, at the end, whether everything was there.
 */
export type Fields = {
  readonly text: (name: string) => string
  readonly textOrNull: (name: string) => string | null
  readonly integer: (name: string) => number
  readonly flag: (name: string) => boolean
  readonly object: <T>(name: string, read: (fields: Fields) => T) => T
  readonly objectOrNull: <T>(name: string, read: (fields: Fields) => T) => T | null
  readonly list: <T>(name: string, read: (fields: Fields) => T) => readonly T[]
  readonly texts: (name: string) => readonly string[]
  readonly integers: (name: string) => readonly number[]
  readonly has: (name: string) => boolean
  /** The value as it came, for parts that another parser judges. */
  readonly raw: (name: string) => unknown
}

/** Reads an object; the fault names the first field that is missing or of another type, never its value. */
export function readFields<T>(value: unknown, read: (fields: Fields) => T): Result<T, string> {
  const faults: string[] = []
  const got = read(fieldsOf(value, '', faults))
  return faults[0] === undefined ? ok(got) : fail(faults[0])
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function fieldsOf(value: unknown, at: string, faults: string[]): Fields {
  const source = isObject(value) ? value : {}
  if (!isObject(value)) faults.push(at === '' ? 'an object' : at)
  const wrong = (name: string): void => {
    faults.push(`${at}${name}`)
  }
  const integer = (name: string): number => {
    const v = source[name]
    if (Number.isSafeInteger(v)) return v as number // isSafeInteger accepts numbers alone
    wrong(name)
    return 0
  }
  const text = (name: string): string => {
    const v = source[name]
    if (typeof v === 'string') return v
    wrong(name)
    return ''
  }
  const items = (name: string): readonly unknown[] => {
    const v = source[name]
    if (Array.isArray(v)) return v
    wrong(name)
    return []
  }
  const object = <T>(name: string, read: (fields: Fields) => T): T => read(fieldsOf(source[name], `${at}${name}.`, faults))
  return {
    text,
    integer,
    object,
    textOrNull: (name) => (source[name] === null || source[name] === undefined ? null : text(name)),
    flag: (name) => {
      const v = source[name]
      if (typeof v === 'boolean') return v
      wrong(name)
      return false
    },
    objectOrNull: (name, read) => (source[name] === null || source[name] === undefined ? null : object(name, read)),
    list: (name, read) => items(name).map((item, i) => read(fieldsOf(item, `${at}${name}[${i}].`, faults))),
    texts: (name) =>
      items(name).map((item) => {
        if (typeof item !== 'string') wrong(name)
        return typeof item === 'string' ? item : ''
      }),
    integers: (name) =>
      items(name).map((item) => {
        if (!Number.isSafeInteger(item)) wrong(name)
        return typeof item === 'number' ? item : 0
      }),
    has: (name) => source[name] !== undefined && source[name] !== null,
    raw: (name) => source[name],
  }
}
