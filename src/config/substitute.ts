// Values of the configuration file that stand elsewhere: `${env:NAME}` within any text, and `<secret>_file` in place of a
// secret, as container platforms mount them. Done before validation, so that every rule applies to the value itself.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** The secrets of the file; each may be given as `<name>_file`. A test compares this list with the schema. */
export const secretKeys = [
  'client_secret',
  'bind_password',
  'private_key',
  'password',
  'signing_secret',
] as const

const fileKeys: ReadonlyMap<string, string> = new Map(secretKeys.map((key) => [`${key}_file`, key]))

/** `$${env:NAME}` stands for the text `${env:NAME}` itself. */
const reference = /(\$?)\$\{env:([^}]*)\}/g

/** As a shell and most files of settings have it: taken as it is, it would be a secret that everybody knows. */
const shellReference = /(\$?)\$\{([A-Z_][A-Z0-9_]*)\}/g

/** Longest file that is read as a secret, in bytes. */
const mostSecretBytes = 65_536

export interface Substituted {
  readonly value: unknown
  /** What is wrong, each with its place in the file. */
  readonly faults: readonly string[]
}

/** @param cwd the directory that relative names of files are taken from */
export function substitute(
  value: unknown,
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): Substituted {
  const faults: string[] = []
  const text = (given: string, at: string): string => {
    for (const [whole, escaped, name = ''] of given.matchAll(shellReference))
      if (escaped === '')
        faults.push(`${at}: write \`\${env:${name}}\`, or \`$${whole}\` for the text \`${whole}\` itself`)
    const unescaped = given.replace(shellReference, (whole, escaped: string) => whole.slice(escaped.length))
    return unescaped.replace(reference, (whole, escaped: string, name: string) => {
      if (escaped !== '') return whole.slice(1)
      const found = env[name]
      if (found !== undefined && found !== '') return found
      faults.push(`${at}: the environment variable \`${name}\` is not set`)
      return ''
    })
  }
  const secretIn = (name: unknown, at: string): unknown => {
    if (typeof name !== 'string') {
      faults.push(`${at}: must be the name of a file`)
      return undefined
    }
    const path = resolve(cwd, text(name, at))
    try {
      const content = readFileSync(path)
      if (content.length > mostSecretBytes) throw new Error(`is over ${mostSecretBytes} bytes`)
      return content.toString('utf8').replace(/\r?\n$/, '')
    } catch (error) {
      faults.push(`${at}: cannot read \`${path}\`: ${(error as Error).message}`)
      return undefined
    }
  }
  const walk = (given: unknown, at: string): unknown => {
    if (typeof given === 'string') return text(given, at)
    if (Array.isArray(given)) return given.map((item, n) => walk(item, `${at}[${n}]`))
    if (typeof given !== 'object' || given === null) return given
    const entries = new Map<string, unknown>(Object.entries(given))
    return Object.fromEntries(
      [...entries].flatMap(([key, item]) => {
        const place = at === '' ? key : `${at}.${key}`
        const secret = fileKeys.get(key)
        if (secret === undefined) return [[key, walk(item, place)]]
        if (entries.has(secret)) faults.push(`${place}: use either ${secret} or ${key}`)
        const read = secretIn(item, place)
        return read === undefined ? [] : [[secret, read]]
      }),
    )
  }
  return { value: walk(value, ''), faults }
}

/** A JSON schema with `<secret>_file` beside each secret that it has. */
export function withSecretFiles<T>(schema: T): T {
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) => {
    if (key !== 'properties' || typeof value !== 'object' || value === null) return value
    const given = new Map<string, unknown>(Object.entries(value))
    for (const name of secretKeys)
      if (given.has(name))
        given.set(`${name}_file`, { type: 'string', description: `file that has the ${name}` })
    return Object.fromEntries(given)
  }) as T
}
